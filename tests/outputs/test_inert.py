"""Content is never active: whatever is written is shown as written, or refused."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Dialog

from briefing.content.classify import stray_files
from briefing.content.fields import contact, site_address
from briefing.problems import Place, Problem, Problems
from briefing.syntax.nodes import Node
from build import make_site
from support.inert import (
    ACTIVE,
    BODY,
    EveryField,
    Files,
    bare,
    crowd,
    folded,
    gallery,
    holders,
    kind,
    names,
    page_of,
    prose,
    shape,
    shapes,
    sifted,
    values,
    written,
)
from support.nightly import Some, examples
from support.promises import Count
from support.sites import AS_OF

trying_many = examples(30, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""The counter is one for all examples of a test."""

FRAGMENTS = (
    *"<>&\"'`/\\=;:#-*_~|[](){}!$%+@ \t\n\0\2\u200b\u2028\u202e",
    *("</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "<script>", "</script>", "</title>"),
    *("<img src=x onerror=ran()>", " onmouseover=ran() ", "<svg>", "<style>", "</p>", "</table>"),
    *("javascript:", "data:text/html,", "https://", "mailto:", "article:", "point:", "&colon;"),
    *("&lt;", "&#60;", "&#x3c", "&quot;", "&amp;", "&#0;", "&#x202e;", "%3C", "%00", "\\u003c"),
    *("{{", "}}", "{%", "%}", "{#", "#}", "{n}", "{name}", "{0}", "%s", "${", "<<", "!!", "---\n"),
    *("\n\n", "\n    ", "\n> ", "\n- ", "\n1. ", "\n## ", "\n```\n", "\n| a |\n|:-:|\n", "]("),
    *("![", "<https://", "[a]: ", "\n===\n", "**", "~~", "``", "\U0001f600", "\u0338", "\u0301"),
)
"""What means something to a reader of HTML, Markdown, templates or YAML."""
texts = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(ACTIVE), st.text(max_size=8)), max_size=9
).map("".join)
"""Any text, and more often one with marks in it."""


def is_refused(text: str) -> bool:
    """Whether a text has a character that no file may have: one that hides, or turns a line."""
    hidden = "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff"
    control = (unicodedata.category(sign) == "Cc" and sign not in "\t\n" for sign in text)
    return any(control) or not set(hidden).isdisjoint(text)


def problems_of(files: Mapping[str, bytes]) -> Iterable[Problem]:
    """Build a site; give what is told of it."""
    try:
        make_site(files)
    except Problems as problems:
        return problems
    return ()


@pytest.fixture(scope="module")
def every_field(small: dict[str, bytes]) -> EveryField:
    return EveryField(small)


@pytest.mark.promise(1, 2)
def test_texts_stand_only_where_a_text_can(every_field: EveryField) -> None:
    """No text comes into a script, a style, an address, an id or a class; no quotes are left out.

    So a page with a text is inert where it is the clean page but for the escaped text.
    """
    for path in every_field.shapes:
        assert holders(bare(every_field.clean[path])) <= {"aria-label", "content", "title", "text"}
    for text in (" x onmouseover=ran() y=/", "javascript:ran()", *ACTIVE[-3:]):
        made = make_site(every_field.filled(text))
        assert list(every_field.differences(made, text)) == []


@pytest.mark.promise(1, 2)
def test_every_vector_in_every_field_is_shown_as_written(
    every_field: EveryField, count: Count, some: Some
) -> None:
    """No vector adds an element, an attribute or a scheme; each is read as it was written."""
    for turn, text in enumerate(some(ACTIVE, 20)):
        count(1)
        if is_refused(text):
            with pytest.raises(Problems):
                make_site(every_field.filled(text))
        else:
            made = make_site(every_field.filled(text))
            assert list(every_field.differences(made, text, turn)) == [], text


@pytest.mark.promise(1, 2)
@given(text=texts, turn=st.integers(0, 9))
@example(text="\n- ", turn=0)
@example(text="a\n- \n=b", turn=1)
@trying_many
def test_any_text_in_every_field_is_shown_as_written(
    every_field: EveryField, count: Count, text: str, turn: int
) -> None:
    """So is any text that is not refused; where Markdown takes it, it is a body too."""
    count(1)
    files = every_field.filled(text)
    with suppress(Problems):
        prose(text)
        path = "content/pair/second.vi.md"
        files[path] = files[path].removesuffix(BODY) + text.encode()
    try:
        made = make_site(files)
    except Problems:
        return
    assert list(every_field.differences(made, text, turn)) == []


def with_strangers(data: Any, name: str = "") -> Any:
    """Add a key that is no field to each mapping, but where keys are words or languages."""
    if isinstance(data, list):
        return [with_strangers(value) for value in data]
    if not isinstance(data, dict):
        return data
    inside = {key: with_strangers(value, key) for key, value in data.items()}
    return inside if name in ("words", "languages") else inside | {"qqqq": "x"}


@pytest.mark.promise(1, 2)
def test_the_fields_that_are_tried_are_all_there_are(every_field: EveryField) -> None:
    """What the format says it knows, where a key is misspelt, is in the site of every field."""
    known: dict[str, set[str]] = {}
    tried: dict[str, set[str]] = {}
    for path, data in every_field.marked.items():
        keys = tried.setdefault(kind(path), set())
        keys.update(key for at, _ in values(data) for key in names(at))
        broken = every_field.files() | {path: written(path, with_strangers(data))}
        for problem in problems_of(broken):
            if problem.cure.startswith("fields: "):
                fields = problem.cure.removeprefix("fields: ").split(", ")
                known.setdefault(kind(path), set()).update(fields)

    assert known.keys() >= {"site.yaml", "outlets.yaml", "voices.yaml", "topic.yaml", "text"}
    for what, told in known.items():
        assert told <= tried[what], what


def taken(text: str, _: object) -> str:
    """Take a text instead of what is there."""
    return text


@pytest.mark.promise(1, 2)
def test_a_field_that_is_no_text_takes_no_vector(every_field: EveryField, count: Count) -> None:
    """An id, a date, a number, a code or an address that is not one is refused."""
    vectors = [text for text in ACTIVE if not text.startswith("http")]
    for number, (path, at) in enumerate(every_field.unmarked()):
        count(1)
        vector = vectors[number * 7 % len(vectors)]
        with pytest.raises(Problems):
            make_site(every_field.broken(path, at, partial(taken, vector)))


@pytest.mark.promise(1, 2)
def test_no_key_is_a_vector(every_field: EveryField, count: Count) -> None:
    """A key that is no field, no id and no language is refused, so that none comes into a page."""
    for number, (path, at) in enumerate(every_field.records()):
        count(1)

        def rename(record: dict[str, Any], vector: str = ACTIVE[number * 7 % len(ACTIVE)]) -> Any:
            first, *others = record
            return {vector: record[first]} | {key: record[key] for key in others}

        with pytest.raises(Problems):
            make_site(every_field.broken(path, at, rename))


@pytest.mark.promise(1, 2)
def test_no_file_has_the_name_of_a_vector(small: dict[str, bytes], count: Count) -> None:
    """Each file or folder of the content that is named like one is refused, or left out."""
    paths = {f"content/vote/{text}.vi.md" for text in ACTIVE}
    paths |= {f"content/{text}/topic.yaml" for text in ACTIVE}
    paths |= {f"content/vote/count.{text}.md" for text in ACTIVE}
    count(len(paths))

    with pytest.raises(Problems) as told:
        make_site(small | dict.fromkeys(paths, b"---\ntitle: Title\n---\n"))

    left_out = stray_files(dict.fromkeys(paths, b""), {"vi", "en"})
    assert {problem.place.path for problem in (*told.value, *left_out)} >= paths


ADDRESSES = ("{}", "https://example.org/{}?q={}#{}", "https://{}")
"""Where a vector stands in an address."""
ADDRESS_FIELDS = ("url", "archive")


@dataclass(frozen=True, slots=True)
class Gallery:
    """A site that has each vector as a body, and in each field that takes an address."""

    made: Files
    refused: Mapping[str, int]
    """How much is told of each file that is refused."""


def alone(page: bytes) -> str:
    """Give a summary without the way to its neighbours, of which some are refused."""
    return re.sub(r'<nav class="neighbours".*?</nav>', "", page.decode(), flags=re.DOTALL)


def article(number: int, what: str) -> str:
    """Name the article that has a vector somewhere."""
    return f"v{number:03}/{what}"


def with_address(field: str, address: str) -> dict[str, Any]:
    return {field: {"url": address, "date": "2025-06"} if field == "archive" else address}


@pytest.fixture(scope="module")
def hung(small: dict[str, bytes]) -> Gallery:
    articles: dict[str, tuple[dict[str, Any], str]] = {}
    for number, text in enumerate(ACTIVE):
        articles[article(number, "body")] = ({}, text)
        for form, address in enumerate(ADDRESSES):
            for field in ADDRESS_FIELDS:
                matter = with_address(field, address.replace("{}", text))
                articles[article(number, f"{field}-{form}")] = (matter, "Text.")
    return Gallery(*sifted(gallery(small, articles)))


@pytest.fixture(scope="module")
def plain(small: dict[str, bytes]) -> Files:
    """The same site with nothing but harmless articles."""
    articles: dict[str, tuple[dict[str, Any], str]] = {
        f"v000/{field}": (with_address(field, "https://example.org/harmless"), "Text.")
        for field in ADDRESS_FIELDS
    }
    return make_site(gallery(small, articles | {"v000/body": ({}, "Text.")}))


@pytest.mark.promise(1, 2)
def test_every_vector_as_a_body_is_inert(hung: Gallery, plain: Files, count: Count) -> None:
    """Markdown makes what Markdown can make, of what is not refused, and nothing around it."""
    clean = shape(alone(plain["en/v000/body/index.html"]))
    shown = 0
    for number, text in enumerate(ACTIVE):
        count(1)
        name = article(number, "body")
        if f"content/{name}.en.md" not in hung.refused:
            found = shape(alone(hung.made[f"en/{name}/index.html"]))
            assert list(clean.activity(found)) == [], text
            shown += 1
    assert shown > len(ACTIVE) / 2


@pytest.mark.promise(1, 2)
def test_every_vector_in_every_address_is_inert(hung: Gallery, plain: Files, count: Count) -> None:
    """What is no plain web address is refused by each field; the rest is one link, as written."""
    shown: Counter[str] = Counter()
    for field in ADDRESS_FIELDS:
        clean = shape(alone(plain[f"en/v000/{field}/index.html"]))
        for number, text in enumerate(ACTIVE):
            for form, address in enumerate(ADDRESSES):
                count(1)
                name = article(number, f"{field}-{form}")
                if f"content/{name}.en.md" not in hung.refused:
                    shown[field] += 1
                    found = shape(alone(hung.made[f"en/{name}/index.html"]))
                    assert list(clean.activity(found)) == [], text
                    assert folded(address.replace("{}", text)) in found.texts
    assert len(set(shown.values())) == 1
    assert 0 < shown["url"] < len(ACTIVE)


SITE_ADDRESSES = ("{}", "https://{}/", "https://example.org/{}/", "{}/")


@pytest.mark.promise(1, 2)
def test_every_vector_in_the_address_of_the_site_is_inert(
    small: dict[str, bytes], count: Count
) -> None:
    """What is no address of a site is refused; in the rest nothing stands but one address."""
    files = gallery(small, {})
    clean = shapes(make_site(files))
    site: dict[str, Any] = {"title": {"en": "Title"}, "description": {"en": "Description"}}
    site |= {"languages": {"en": {"name": "English"}}}
    for text in ACTIVE:
        for form in SITE_ADDRESSES:
            count(1)
            address = form.replace("{}", text)
            try:
                site_address(Node(address, Place("site.yaml")))
            except Problems:
                continue
            given = {**site, "time_zone": "Europe/London", "address": address}
            made = shapes(make_site(files | {"site.yaml": written("site.yaml", given)}))
            for path, page in clean.items():
                assert list(page.activity(made[path])) == [], address


@pytest.mark.promise(1, 2)
def test_every_vector_as_a_contact_is_inert(small: dict[str, bytes], count: Count) -> None:
    """What is neither the address of a page nor of a mail box is refused; the rest is one link."""
    for text in ACTIVE:
        for form in (*ADDRESSES, "mailto:{}", "mailto:desk@{}", "mailto:desk@example.org?{}"):
            count(1)
            address = form.replace("{}", text)
            with suppress(Problems):
                contact(Node(address, Place("site.yaml")))
                assert re.match(r"https?://|mailto:[\w.%+-]+@[\w.-]+$", address, re.IGNORECASE)
                assert not set(address) & set('<>"`')


FORMS = (
    *("{}", "## {}", "**{}**", "*a*{}*b*", "- {}", "> {}", "`{}`", "| {} |\n|:-:|\n| {} |"),
    *("```{}\nhere\n```", "~~~ a {}\nhere\n~~~", "```\n{}", "[{}](https://example.org/)"),
    *("[a]({})", "[a](<{}>)", "<{}>", "[a][b]\n\n[b]: {}", "[{}]\n\n[{}]: mailto:a@b.example"),
    *("[a]\n\n[a]: <{}>", "[a]\n\n[a]: https://example.org/ '{}'", "[a](article:a ({}))"),
    *('[a](https://example.org/ "{}")', "[a](https://example.org/{})", "<https://a.example/{}>"),
    *("[a](<https://example.org/?q={}#{}>)", "[a](mailto:{})", "[a](point:{})", "![{}]({})"),
)
"""Where a text stands in a body."""


def in_forms(text: str) -> Iterator[str]:
    """Give the HTML of each form that is not refused with a text in it."""
    for form in FORMS:
        with suppress(Problems):
            yield prose(form.replace("{}", text))


def assert_inert(bodies: list[str]) -> None:
    """Fail if any HTML has more in it than Markdown can make."""
    clean = page_of(*("<p>a</p>" for _ in bodies))
    assert list(clean.activity(page_of(*bodies))) == []


@pytest.mark.promise(1)
def test_every_vector_in_every_place_of_a_body_is_inert(count: Count) -> None:
    """In a heading, a table, a link, its title, the name of a code block … nothing breaks out."""
    for text in ACTIVE:
        count(len(FORMS))
        assert_inert(list(in_forms(text)))


@pytest.mark.promise(1)
@given(text=texts)
@trying_many
def test_any_text_in_any_place_of_a_body_is_inert(count: Count, text: str) -> None:
    """So is any text, and Markdown raises nothing but Problems."""
    count(1)
    assert_inert(list(in_forms(text)))


def with_backslashes(text: str) -> str:
    """Write Markdown that says a text: a backslash before each mark, no indentation."""
    marked = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", unicodedata.normalize("NFC", text))
    return "\n".join(line.strip() for line in marked.split("\n"))


@pytest.mark.promise(1)
@given(text=texts | st.sampled_from(ACTIVE))
@trying_many
def test_what_is_written_with_backslashes_is_shown_as_it_is(count: Count, text: str) -> None:
    """Nothing is taken out of a text on its way: markup without meaning is shown."""
    count(1)
    try:
        html = prose(with_backslashes(text))
    except Problems:
        return
    assert folded(" ".join(page_of(html).prose_texts)) == folded(text)


REFERENCES = ("&#{};", "a &#{}; b", "```&#{};\nhere\n```", "[a](https://a.example/ '&#{};')")


@pytest.mark.promise(3)
def test_no_reference_brings_in_what_no_file_may_have(count: Count) -> None:
    """What hides or turns text is not in a page either where Markdown gives it by its number."""
    for sign in "\x0c\x1b\x7f\x85\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ufff9\ufffe":
        for form in REFERENCES:
            count(1)
            with suppress(Problems):
                assert sign not in prose(form.replace("{}", f"{ord(sign)}"))


INTERESTING = (
    *(b"~", b"null", b"[]", b"{}", b"''", b"- ", b"? ", b": ", b"*a", b"&a ", b"!!str ", b"<<: "),
    *(b"{n}", b"{0}", b"{", b"}", b"'", b'"', b"#", b"\n---\n", b"\n...\n", b"|-\n", b">\n", b"%"),
    *(b"1e999", b"-1", b"0", b"9" * 400, b"1..2", b">=0", b"~0", b"0.1e-5", b"1,5", b"\xd9\xa3"),
    *(b"2025-02-30", b"0000-01-01", b"9999-12-31T23:59+14:00", b"2025-03-18T24:00Z", b"2025-1"),
    *(b"und", b"en_US.UTF-8", b"x-a", b"vi", b"zh-Hans", b"a", b"aa-BB-cc", b"root", b"a-lojban"),
    *(b"Etc/Unknown", b"Asia", b"Asia/", b"/etc/passwd", b"../../x", b"posix/UTC", b"US/Pacific"),
    *(b"https://[::1]/", b"https://a.b:99999/", b"https://\xe2\x84\x80.a/", b"mailto:", b"a:b/"),
    *(b'"\\ud800"', b'"\\0"', b'"\\x85"', b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\0", b"\r"),
    *(b"minute", b"percent", b"year-person", b"topic", b"own", b"all", b"true", b"outlet", b"\t"),
    *(b"yyyyy", b"EEEEEE", b"b", b"BBBBB", b"zzzz", b"VVV", b"\xf0\x9f\x87\xbb", b"\xcc\x81"),
)
"""What a reader may trip over."""
pieces = st.one_of(
    st.binary(max_size=12), st.sampled_from(INTERESTING), texts.map(lambda text: text.encode())
)


@st.composite
def spoiled(draw: st.DrawFn, data: bytes) -> bytes:
    """Replace a whole file, or cut, splice, double, turn around or replace something in it."""
    words = list(re.finditer(rb"[^\s{}\[\],]+", data))
    start = draw(st.integers(0, len(data)))
    end = min(len(data), start + draw(st.integers(0, 60)))
    match draw(
        st.sampled_from(("word", "word", "word", "splice", "cut", "double", "flip", "whole"))
    ):
        case "word" if words:
            word = draw(st.sampled_from(words))
            other = draw(pieces | st.sampled_from(words).map(lambda found: found[0]))
            return data[: word.start()] + other + data[word.end() :]
        case "cut":
            return data[:start] + data[end:]
        case "double":
            return data[:end] + data[start:]
        case "flip" if start < len(data):
            return (
                data[:start] + bytes([data[start] ^ draw(st.integers(1, 255))]) + data[start + 1 :]
            )
        case "whole":
            return draw(st.binary(max_size=200) | pieces)
        case _:
            return data[:start] + draw(pieces) + data[start:]


@pytest.mark.promise(2, 3, 7)
@given(data=st.data())
@trying_many
def test_any_bytes_make_a_site_or_problems(
    small: dict[str, bytes], count: Count, data: st.DataObject
) -> None:
    """Whatever is in site.yaml, the content or the words: a site, or what is wrong."""
    count(1)
    paths = [path for path in sorted(small) if path.endswith((".yaml", ".md"))]
    files = dict(small)
    for path in data.draw(st.lists(st.sampled_from(paths), min_size=1, max_size=2)):
        files[path] = data.draw(spoiled(small[path]), label=path)
    if data.draw(st.integers(0, 4)) == 0:
        del files[data.draw(st.sampled_from(paths), label="removed")]
    with suppress(Problems):
        make_site(files, AS_OF)


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":  # a browser asks for it where a page names none
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def pages(
    hung: Gallery, small: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """A site of all vectors on a server: the address of each page, with its policy and without."""
    told = [text for text in ACTIVE if not is_refused(text)]
    bodies = [
        text
        for number, text in enumerate(ACTIVE)
        if f"content/{article(number, 'body')}.en.md" not in hung.refused
    ]
    bodies.sort(key=lambda text: text.count("```") % 2)  # what is open to the end comes last
    folder = tmp_path_factory.mktemp("crowd")
    paths = []
    for path, data in make_site(crowd(small, told, bodies)).items():
        html = path.endswith(".html")
        open_data = POLICY.sub(b"", data) if html else data
        assert not html or len(open_data) < len(data)
        for there, what in ((f"held/{path}", data), (f"open/{path}", open_data)):
            (folder / there).parent.mkdir(parents=True, exist_ok=True)
            (folder / there).write_bytes(what)
        # Links of the page for what is not found begin at the root of the host.
        paths.extend([path] if html and path != "404.html" else [])
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield [f"http://127.0.0.1:{server.server_port}/{{}}/{path}" for path in paths]
    server.shutdown()
    server.server_close()


POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
TOUCH = """(given) => {
  const page = given ?? document;
  const names = ["mouseover", "mouseenter", "pointerenter", "focus", "focusin", "input", "toggle",
    "animationstart", "transitionend", "begin", "error", "load"];
  for (const details of page.querySelectorAll("details")) details.open = true;
  for (const element of page.querySelectorAll("*"))
    for (const name of names) element.dispatchEvent(new Event(name));
  const harmless = ["http:", "https:", "mailto:"];
  const protocolInPicture = ({ href }) => href && new URL(href.baseVal, page.baseURI).protocol;
  for (const link of page.querySelectorAll("a, area, button, input, summary"))
    if (!harmless.includes(link.protocol ?? protocolInPicture(link)))
      link.dispatchEvent(new MouseEvent("click", { bubbles: true }));
}"""
"""Opens, points at and clicks what can be, but does not leave the page."""


def assert_nothing_runs(browser: Browser, addresses: list[str], count: Count) -> None:
    """Open every page and touch everything in it."""
    said: list[str] = []
    asked: set[str] = set()
    context = browser.new_context()
    context.expose_binding("ran", lambda source: said.append(f"it ran in {source['page'].url}"))
    page = context.new_page()

    def dismiss(dialog: Dialog) -> None:
        said.append(f"{page.url} asks {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("popup", lambda popup: said.append(f"{page.url} opens {popup.url}"))
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    for address in addresses:
        count(1)
        page.goto(address)
        page.evaluate(TOUCH)
        if urldefrag(page.url).url != address:
            said.append(f"{address} leads to {page.url}")
    context.close()
    assert said == []
    assert asked == {urlsplit(address).netloc for address in addresses}


@pytest.mark.promise(1, 2)
def test_nothing_runs_without_the_policy(browser: Browser, pages: list[str], count: Count) -> None:
    """No vector runs in a browser, whatever is touched, even where nothing else holds it."""
    assert_nothing_runs(browser, [address.format("open") for address in pages], count)


@pytest.mark.promise(1, 2)
def test_nothing_even_tries_to_run(browser: Browser, pages: list[str], count: Count) -> None:
    """With the policy the console is silent: there is nothing that it has to hold back."""
    assert_nothing_runs(browser, [address.format("held") for address in pages], count)


FRAMES = f"""(texts) => {{
  const touch = {TOUCH};
  const frames = texts.map((text, number) => {{
    const frame = document.createElement("iframe");
    frame.name = number;
    frame.srcdoc = `<p title="${{text}}"><a href="${{text}}">here</a>${{text}}`;
    document.body.append(frame);
    return frame;
  }});
  const touchAll = () => {{
    for (const frame of frames) if (frame.contentDocument) touch(frame.contentDocument);
  }};
  setInterval(touchAll, 500);
}}"""
"""Shows each text in a frame, in a page that takes text for markup; touches everything, often."""


@pytest.mark.promise(1)
def test_what_catches_nothing_could(browser: Browser, count: Count) -> None:
    """In a page that takes text for markup, the vectors run and are told."""
    count(100)
    ran: set[str] = set()
    context = browser.new_context(offline=True)
    context.expose_binding("ran", lambda source: ran.add(source["frame"].name))
    page = context.new_page()
    page.evaluate(FRAMES, ACTIVE[:100])
    for _ in range(300):
        if len(ran) <= 40:
            page.wait_for_timeout(100)
    context.close()
    assert len(ran) > 40
