"""Web addresses: what is plain, and what leads elsewhere than it seems to."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.syntax.urls import (
    link_url_mistake,
    site_url_mistake,
    to_ascii,
    url_cure,
    url_mistake,
)
from support.promises import Count


@pytest.mark.promise(6)
@pytest.mark.parametrize(
    "url",
    [
        "https://vnexpress.net/a-1.html",
        "http://a.vn",
        "HTTPS://VnExpress.NET/",
        "https://a.vn:8080/x?y=1&z#:~:text=a,b",
        "https://a.vn/it's_(1)/!;x*$+[2]",
        "https://a.vn/bài-viết/河流",
        "https://báo.vn/",
        "https://xn--bo-jia.vn/",
        "https://пример.рф/a",
        "https://www.пример.рф/",
        "https://新华网.cn/",
        "https://日本語テスト.jp/",
        "https://한국.kr/",
        "https://medium.com/@user/x",
        "https://web.archive.org/web/2025/https://vnexpress.net/",
        "https://r3---sn.example.com/",
        "https://my_town.example.com/a",
        "https://_a.b_.báo.vn/",
    ],
)
def test_a_plain_address_is_taken(url: str) -> None:
    """In any script, one for each host, and with a path in any."""
    assert url_mistake(url) is None


@pytest.mark.promise(6)
@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("", "begins with no http"),
        ("vnexpress.net", "begins with no http"),
        ("//vnexpress.net/", "begins with no http"),
        ("ftp://vnexpress.net/", "begins with no http"),
        ("javascript://vnexpress.net/%0aran()", "begins with no http"),
        ("data:text/html,https://vnexpress.net", "begins with no http"),
        ("https:/vnexpress.net/", "begins with no http"),
        ("https:\\\\vnexpress.net/", "begins with no http"),
        (" https://vnexpress.net/", "begins with no http"),
        ("https://a.vn/" + "x" * 2000, "more than 2,000 characters"),
        ("https://a.vn/x y", "U+0020 (space) in it"),
        ("https://a.vn/\tx", "U+0009 (tab) in it"),
        ("https://a.vn/\u200bx", "U+200B (zero width space) in it"),
        ("https://a.vn/\u202ex", "U+202E (right-to-left override) in it"),
        ("https://a.vn/\u2028", "U+2028 (line separator) in it"),
        ('https://a.vn/"x', "U+0022 (quotation mark) in it"),
        ("https://a.vn/<x>", "U+003C (less-than sign) in it"),
        ("https://vnexpress.net\\@evil.example", "U+005C (reverse solidus) in it"),
        (
            "https://vnexpress.net@evil.example",
            "its host is what comes after the @, `evil.example`",
        ),
        ("https://a:b@evil.example/", "has a user name"),
        ("https://vnexpress.net:443@evil.example/", "has a user name"),
        ("https://vnexpress.net%40x@evil.example/", "has a user name"),
        ("https://a.vn:0/", "has no port `0`"),
        ("https://a.vn:65536/", "has no port `65536`"),
        ("https://a.vn:x/", "U+003A (colon) in it"),
        ("https://a.vn:/", "U+003A (colon) in it"),
        ("https:///evil.example", "has no host that can be"),
        ("https://?a", "has no host that can be"),
        ("https://.vn/", "has no host that can be"),
        ("https://a..vn/", "has no host that can be"),
        ("https://a.vn./", "has no host that can be"),
        (f"https://{'a' * 64}.vn/", "has no host that can be"),
        (f"https://{'a.' * 130}vn/", "has no host that can be"),
        ("https://127.0.0.1/", "has a number for a host"),
        ("https://2130706433/", "has a number for a host"),
        ("https://0x7f.1/", "has a number for a host"),
        ("https://1.0X7F/", "has a number for a host"),
        ("https://[::1]/", "has a host without a dot"),
        ("https://localhost/", "has a host without a dot"),
        ("https://a_b.vn/", "U+005F (low line) in it"),
        ("https://x.a_b.vn/", "U+005F (low line) in it"),
        ("https://x_-.example.vn/", "a hyphen at an end"),
        ("https://аb_a.example.com/", "mixes Cyrillic and Latin letters"),
        ("https://a.vn/?a=1&amp;b=2", "has `&amp;` in it"),
        ("https://a.vn/?a=1&#38;b=2", "has `&#38;` in it"),
        ("https://a%2evn.evil/", "U+0025 (percent sign) in it"),
        ("https://-a.vn/", "a hyphen at an end"),
        ("https://a-.vn/", "a hyphen at an end"),
        ("https://vnехpress.net/", "mixes Cyrillic and Latin letters"),
        ("https://xn--vnpress-8gg8l.net/", "mixes Cyrillic and Latin letters"),
        ("https://ѕрорт.vn/", "mixes Cyrillic and Latin letters"),
        ("https://xn--80ak6aa92e.com/", "mixes Cyrillic and Latin letters"),
        ("https://αpple.com/", "mixes Greek and Latin letters"),
        ("https://新a.cn/", "mixes CJK and Latin letters"),
        ("https://ɡoogle.com/", "U+0261 (latin small letter script g) in it"),
        ("https://vnexpresꜱ.net/", "(latin letter small capital s) in it"),
        ("https://ｖnexpress.net/", "letters that stand for others"),
        ("https://vnexpreﬁ.net/", "U+FB01 (latin small ligature fi) in it"),
        ("https://vnexpress。net/", "has a host without a dot"),
        ("https://vnexpress⁄net.evil.example/", "(fraction slash) in it"),
        ("https://xn--a.vn/", "in it"),
        ("https://xn--vnexpress-.net/", "hides `vnexpress`"),
        ("https://xn--99999999999.vn/", "no Punycode"),
    ],
)
def test_an_address_that_may_lead_elsewhere_is_refused(url: str, wrong: str) -> None:
    """And what is said of it names the part that is wrong."""
    assert wrong in (url_mistake(url) or "it is taken")


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "127.0.0.1"])
def test_the_site_itself_may_be_on_a_machine_without_a_dot(host: str) -> None:
    """A site can be made for one's own machine, by name or number; a source cannot be there."""
    assert url_mistake(f"http://{host}/", local=True) is None
    assert url_mistake(f"http://{host}/")


@pytest.mark.parametrize(
    ("url", "cure"),
    [
        ("https://a.vn/a|b", "write `%7C` for it"),
        ("https://a.vn/a b", "write `%20` for it"),
        ("https://a.vn/{a}", "write `%7B` for it"),
        ("https://a.vn/\u200bx", "delete it; it cannot be seen but is there"),
        ("https://a.vn/?a=1&amp;b=2", "copied from HTML? write `&`"),
        ("https://a.vn/&#233;", "copied from HTML? write the sign itself"),
        ("https://a|b.vn/", "otherwise"),
        ("a.vn", "otherwise"),
        ("mailto:desk@a.vn?subject=x", "write the mail address alone: mailto:desk@a.vn"),
        ("mailto:desk", "write the mail address alone: mailto:desk@example.org"),
    ],
)
def test_the_cure_of_an_address_is_named_where_it_is_known(url: str, cure: str) -> None:
    """What cannot stand in an address is told as it is written in one."""
    assert link_url_mistake(url)
    assert url_cure(url, "otherwise") == cure


@pytest.mark.promise(6)
@pytest.mark.parametrize("alike", [*"аеорсхуіјѕһԁ", *"ονρτυ", *"օսց", "\u0131"])
def test_no_letter_that_looks_like_a_latin_one_stands_in_a_latin_name(alike: str) -> None:
    """Nor does its Punycode."""
    host = f"vne{alike}press.net"
    coded = host.split(".", maxsplit=1)[0].encode("punycode").decode()

    assert url_mistake(f"https://{host}/")
    assert url_mistake(f"https://xn--{coded}.net/")


@pytest.mark.promise(6)
def test_what_is_taken_has_the_host_that_a_reader_sees(count: Count) -> None:
    """Whatever stands around it, the host of a taken address is all up to the first slash."""

    @given(st.text(st.sampled_from("av.n/@:\\?#%-пе1[]\t\u200b"), max_size=20))
    def holds(rest: str) -> None:
        count(1)
        url = f"https://{rest}"
        if url_mistake(url) is None:
            assert re.match(r"https://[\w.-]+(:\d+)?([/?#]|$)", url)

    holds()


@pytest.mark.parametrize(
    "url",
    [
        *("https://example.org/briefing", "https://example.org/?q=/", "https://example.org/#/"),
        *("https://example.org/a//b/", "https://example.org/../", f"https://{'ệ' * 60}.vn/", "x/"),
        "",
    ],
)
def test_the_address_of_a_site_is_a_folder(url: str) -> None:
    """It ends in a slash, and nothing comes after it."""
    assert site_url_mistake(url)
    assert site_url_mistake("https://tin-tức.example/báo/") is None
    assert to_ascii("https://Bücher.example/ở đây/") == (
        "https://xn--bcher-kva.example/%E1%BB%9F%20%C4%91%C3%A2y/"
    )
