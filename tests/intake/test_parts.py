"""The parts of reading a page: addresses, robots.txt, encodings, dates, texts that are alike."""

from __future__ import annotations

import unicodedata

import pytest

from briefing.intake.addresses import host_of, page_key, registered_domain, without_tracking
from briefing.intake.charset import decode_page
from briefing.intake.dates import read_date
from briefing.intake.known_texts import KnownText, most_alike
from briefing.intake.languages import language_of
from briefing.intake.lead import written_moment
from briefing.intake.network.robots import may_fetch


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://a.example/x?utm_source=b&id=3&fbclid=9#top", "https://a.example/x?id=3"),
        ("HTTPS://A.Example/X", "https://a.example/X"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/x?q=a+b", "https://a.example/x?q=a+b"),
        ("https://a.example/x|y", "https://a.example/x%7Cy"),
    ],
)
def test_an_address_loses_what_only_counts_visitors(url: str, plain: str) -> None:
    assert without_tracking(url) == plain


@pytest.mark.parametrize(
    "other",
    [
        "http://www.a.example/x/y/",
        "https://m.a.example/x/y",
        "https://a.example/x/y/amp",
        "https://a.example/x/y?utm_source=z",
        "https://a.example/x/y/index.html",
    ],
)
def test_one_page_has_many_addresses(other: str) -> None:
    assert page_key(other) == page_key("https://a.example/x/y")


def test_another_page_is_another_page() -> None:
    assert page_key("https://a.example/x?id=1") != page_key("https://a.example/x?id=2")
    assert page_key("https://vi.a.example/x") != page_key("https://a.example/x")


def test_a_domain_is_what_somebody_registered() -> None:
    assert registered_domain(host_of("https://www.baogialai.com.vn/a")) == "baogialai.com.vn"
    assert registered_domain("vn.usembassy.gov") == "usembassy.gov"


ROBOTS = """\
User-agent: other
Disallow: /

User-agent: a
User-agent: *
Disallow: /private   # not this
Allow: /private/open
Disallow: /*.pdf$
"""


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/", True),
        ("/private/x", False),
        ("/private/open/x", True),
        ("/x.pdf", False),
        ("/x.pdf?a", True),
    ],
)
def test_the_longest_rule_of_a_robots_txt_wins(path: str, may: bool) -> None:
    assert may_fetch(ROBOTS, "who-said-what", f"https://a.example{path}") is may
    assert not may_fetch(ROBOTS, "other", f"https://a.example{path}")


def test_without_a_rule_a_page_may_be_fetched() -> None:
    assert may_fetch("", "who-said-what", "https://a.example/")
    assert may_fetch("User-agent: *\nDisallow:\n", "who-said-what", "https://a.example/")


VIETNAMESE = unicodedata.normalize(
    "NFC", "Chiều nay, hai bên thống nhất giảm mực nước hồ trước mùa mưa."
)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", VIETNAMESE),
        ("utf-16", VIETNAMESE),
        ("gb18030", "河流委员会与白沙镇政府就水库放水安排举行了三个多小时的会议"),
        ("big5", "河流委員會與白沙鎮政府就水庫放水安排舉行了三個多小時的會議"),
        ("shift_jis", "河川委員会と町は、ダムの放流計画について協議を行った。"),
        ("euc_jp", "河川委員会と町は、ダムの放流計画について協議を行った。"),
        ("euc_kr", "하천 위원회와 마을은 저수지 수위를 낮추기로 합의했다."),
        ("cp1251", "Речной совет и город договорились снизить уровень водохранилища."),
        ("cp1256", "اتفقت هيئة النهر وبلدية الرملة على خفض منسوب خزان الوادي"),
        ("cp1252", "“Fußgänger dürfen über die Brücke gehen”, sagte er."),
    ],
)
def test_an_encoding_that_nothing_names_is_told_by_how_it_reads(encoding: str, text: str) -> None:
    assert decode_page(text.encode(encoding)) == text


def test_bytes_decide_where_a_page_names_another_encoding() -> None:
    data = f"<meta charset='iso-8859-1'><p>{VIETNAMESE}</p>".encode()
    assert VIETNAMESE in decode_page(data, "text/html; charset=windows-1252")


@pytest.mark.parametrize(
    ("text", "language", "moment"),
    [
        ("2025-05-14T11:20:05+00:00", "vi", "2025-05-14T11:20Z"),
        ("2025-05-14T15:00:00-0500", "en", "2025-05-14T15:00-05:00"),
        ("2025-05-14 21:05", "vi", "2025-05-14"),
        ("Wed, 14 May 2025 09:00:00 GMT", "en", "2025-05-14T09:00Z"),
        ("1747213200", "en", "2025-05-14T09:00Z"),
        ("Thứ Tư, 14/05/2025 21:05 (GMT+7)", "vi", "2025-05-14T21:05+07:00"),
        ("Thứ Tư, 14 tháng 5, 2025", "vi", "2025-05-14"),
        ("08h15 ngày 15/5/2025", "vi", "2025-05-15"),
        ("May 14, 2025, 2:30 PM EDT", "en", "2025-05-14T14:30-04:00"),
        ("2025年05月14日 19:06 北京时间", "zh", "2025-05-14T19:06+08:00"),
        ("令和7年5月15日", "ja", "2025-05-15"),
        ("١٤ أيار/مايو ٢٠٢٥", "ar", "2025-05-14"),
        ("05/06/2025", "en-US", "2025-05-06"),
        ("05/06/2025", "en-GB", "2025-06-05"),
        ("05/06/2025", "vi", "2025-06-05"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_given(text: str, language: str, moment: str) -> None:
    date = read_date(text, language)
    assert date
    assert written_moment(date.moment) == moment


@pytest.mark.parametrize("text", ["05/06/2025", "May 2025", "14 May", "2025-99-99", "", "no date"])
def test_what_is_no_whole_day_is_no_date(text: str) -> None:
    assert read_date(text, "en") is None


def test_the_letters_of_a_text_go_before_what_its_page_says() -> None:
    assert language_of(VIETNAMESE, ["en-US"]) == "vi"
    assert language_of("القلعة القديمة", ["fa-IR"]) == "fa"
    assert language_of("這是我們的報紙", ["zh"]) == "zh-Hant"
    assert language_of("123", []) is None


WIRE = " ".join(f"word{n}" for n in range(60))


def test_much_of_a_text_in_another_is_told() -> None:
    known = [KnownText(topic="t", article="a", text=WIRE)]
    longer = WIRE + " " + " ".join(f"other{n}" for n in range(60))

    same, wire = most_alike(WIRE.upper(), known), most_alike(longer, known)
    assert same
    assert same.is_same
    assert wire
    assert wire.known.article == "a"
    assert most_alike(" ".join(f"other{n}" for n in range(60)), known) is None
