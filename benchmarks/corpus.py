"""The same news as sources of the briefing, and as sources of Hugo.

What the briefing holds once is held once for Hugo too: points, outlets and voices are data
files, the facts of an article stand in the front matter of its lead. Values are given to Hugo
taken apart, so that its templates need not read them, and so are the days on which a text came
out and was changed, which the briefing finds itself.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import phrases
from facts import GROUPS, LANGUAGES, Point, Unit
from news import Article, Claim, Topic, topic, topic_count, topics_of
from phrases import Pair

HERE = Path(__file__).parent
TEMPLATES = HERE.parent / "templates"
SCHEMA = HERE.parent / "tests" / "golden" / "data" / "schema.json"
"""The shape of our data, which Hugo's has too."""
CARD = "card.png"
LEAD, TRANSLATION = LANGUAGES
ADDRESS = "https://example.org/briefing/"
"""Of the site; `hugo.toml` has it too."""
TITLE: Pair = ("Ai nói gì", "Who Said What")
DESCRIPTION: Pair = (
    "Bản tin song ngữ đặt các bài báo cạnh nhau, từng điểm một, và chỉ rõ câu nào là lời của ai.",
    "A bilingual briefing that sets news reports side by side and shows who said what.",
)
ABOUT: Pair = ("Chúng tôi đếm tiếng nói, không đếm số báo.", "We count voices, not outlets.")
ABOUT_TITLE: Pair = ("Cách chúng tôi so sánh", "How we compare")
ADDITION = "\nBiên tập viên bổ sung câu này, lần thứ {}.\n"

Fields = dict[str, object]


def write_briefing(root: Path, pages: int) -> None:
    """Write the sources of the briefing, with so many summary pages."""
    shutil.copytree(TEMPLATES, root / "templates")
    _write_yaml(root / "site.yaml", _site())
    content = root / "content"
    _write_yaml(content / "outlets.yaml", _outlets())
    _write_yaml(content / "voices.yaml", {"sides": _sides(), "voices": _voices()})
    for side, language in enumerate(LANGUAGES):
        _write_text(content / f"about.{language}.md", {"title": ABOUT_TITLE[side]}, ABOUT[side])
    for each in topics_of(pages):
        _write_topic(content / each.id, each)


def write_hugo(root: Path, pages: int) -> None:
    """Write the sources of Hugo, with so many summary pages."""
    shutil.copytree(HERE / "hugo", root)
    _copy_assets(root)
    _write(root / "layouts" / "home.schema.json", _schema())
    _write_yaml(root / "data" / "outlets.yaml", _outlets())
    _write_yaml(root / "data" / "voices.yaml", _voices())
    _write_yaml(root / "data" / "sides.yaml", _sides())
    for side, language in enumerate(LANGUAGES):
        matter: Fields = {"title": ABOUT_TITLE[side], "layout": "about"}
        _write_text(root / "content" / language / "about.md", matter, ABOUT[side])
    for each in topics_of(pages):
        _write_yaml(root / "data" / "topics" / f"{each.id}.yaml", _hugo_facts(each))
        for side, language in enumerate(LANGUAGES):
            _write_hugo_topic(root / "content" / language / each.id, each, side)


def edit(briefing: Path, hugo: Path, pages: int, number: int) -> None:
    """Append a sentence to the same lead summary of both; another one for each number."""
    edited = topic(number * 7 % topic_count(pages))
    article = edited.articles[number % len(edited.articles)].id
    for path in (
        briefing / "content" / edited.id / f"{article}.{LEAD}.md",
        hugo / "content" / LEAD / edited.id / f"{article}.md",
    ):
        with path.open("a", encoding="utf-8") as file:
            file.write(ADDITION.format(number + 1))


def _site() -> Fields:
    return {
        "address": ADDRESS,
        "title": _both(TITLE),
        "description": _both(DESCRIPTION),
        "languages": {"vi": {"name": "Tiếng Việt"}, "en": {"name": "English", "locale": "en-GB"}},
        "time_zone": "Asia/Ho_Chi_Minh",
        "facing": [],
        "contact": "mailto:desk@example.org",
    }


def _outlets() -> Fields:
    return {
        outlet.id: {
            "name": _both(outlet.name),
            "kind": outlet.kind,
            "country": outlet.country,
            "language": outlet.language,
        }
        for outlet in phrases.OUTLETS
    }


def _sides() -> Fields:
    return {id: _both(name) for id, name in phrases.SIDES.items()}


def _voices() -> Fields:
    return {
        voice.id: {"name": _both(voice.name), "kind": voice.kind, "side": voice.side}
        for voice in phrases.VOICES
    }


def _write_topic(folder: Path, each: Topic) -> None:
    facts: Fields = {"event": {"start": each.start.isoformat()}, "groups": _groups()}
    _write_yaml(folder / "topic.yaml", facts | {"points": [_point(p) for p in each.points]})
    for side, language in enumerate(LANGUAGES):
        matter: Fields = {"title": each.title[side], "dek": each.dek[side]}
        if language != LEAD:
            matter["translates"] = LEAD
        _write_text(folder / f"topic.{language}.md", matter, each.body[side])
    for article in each.articles:
        lead = _lead(article) | {"claims": [_claim(claim) for claim in article.claims]}
        _write_text(folder / f"{article.id}.{LEAD}.md", lead, article.body[0])
        translation: Fields = {"title": article.title[1], "translates": LEAD}
        _write_text(folder / f"{article.id}.{TRANSLATION}.md", translation, article.body[1])


def _groups() -> list[Fields]:
    return [{"id": id, "label": _both(label)} for id, label in GROUPS.items()]


def _point(point: Point) -> Fields:
    fields: Fields = {
        "id": point.id,
        "group": point.group,
        "kind": point.kind,
        "label": _both(point.label),
        "question": _both(point.question),
    }
    if point.unit:
        fields["unit"] = point.unit.cldr or _unit(point.unit)
    if point.options:
        key = "scale" if point.kind == "stance" else "options"
        fields[key] = [{"id": id, "label": _both(text)} for id, text in point.options.items()]
    return fields


def _unit(unit: Unit) -> Fields:
    return {"vi": unit.other[0], "en": {"one": unit.one[1], "other": unit.other[1]}}


def _lead(article: Article) -> Fields:
    return {
        "title": article.title[0],
        "outlet": article.outlet.id,
        "url": article.url,
        "published": article.published.isoformat(),
        "accessed": article.accessed.isoformat(),
        "author": article.author,
        "type": article.type,
        "checked": "all",
    }


def _claim(claim: Claim) -> Fields:
    return _said(claim) | {"says": claim.value.says}


def _said(claim: Claim) -> Fields:
    fields: Fields = {"point": claim.point.id}
    if claim.voice:
        fields["by"] = claim.voice.id
    if claim.mode:
        fields["mode"] = claim.mode
    return fields | {"at": claim.at}


def _hugo_facts(each: Topic) -> Fields:
    """Give the points of a topic; options by id, for templates look them up, and their order."""
    points = []
    for point in each.points:
        fields = _point(point)
        for key in fields.keys() & {"options", "scale"}:
            del fields[key]
        if point.options:
            fields["options"] = {id: _both(text) for id, text in point.options.items()}
            fields["order"] = list(point.options)
        points.append(fields)
    return {"start": each.start.isoformat(), "groups": _groups(), "points": points}


def _write_hugo_topic(folder: Path, each: Topic, side: int) -> None:
    came = [article.accessed for article in each.articles]
    matter: Fields = {"title": each.title[side], "date": each.start, "dek": each.dek[side]}
    matter |= {"publishDate": min(came), "lastmod": max(came)}
    _write_text(folder / "_index.md", matter, _for_hugo(each.body[side], each.id))
    for weight, article in enumerate(each.articles, start=1):
        matter = {"title": article.title[side], "date": article.published, "weight": weight}
        matter |= {"publishDate": article.accessed, "lastmod": article.accessed}
        if side == 0:
            matter |= _hugo_lead(article)
        body = _for_hugo(article.body[side], each.id)
        _write_text(folder / f"{article.id}.md", matter, body)


def _hugo_lead(article: Article) -> Fields:
    """Give the facts of an article; `url` and `type` mean something else to Hugo."""
    fields = _lead(article)
    fields |= {"address": fields.pop("url"), "genre": fields.pop("type")}
    said = [_said(claim) | {"value": claim.value.matter} for claim in article.claims]
    return fields | {"claims": said}


def _for_hugo(body: str, topic_id: str) -> str:
    """Turn links by id into references, which Hugo checks as the briefing does its own."""
    body = re.sub(r"\(point:([^)]+)\)", rf'({{{{< relref "/{topic_id}#\1" >}}}})', body)
    return re.sub(r"\(article:([^)]+)\)", rf'({{{{< relref "/{topic_id}/\1" >}}}})', body)


def _copy_assets(root: Path) -> None:
    """Copy what goes out as it is; the card is copied once more for each topic, by Hugo."""
    folder = root / "static" / "assets"
    shutil.copytree(TEMPLATES / "assets", folder)
    (root / "assets").mkdir()
    shutil.copy(folder / CARD, root / "assets" / CARD)
    sheets = sorted((TEMPLATES / "styles").glob("*.css"))
    joined = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    (folder / "site.css").write_text(joined, encoding="utf-8")


def _schema() -> str:
    """Give the schema as a template, which fills in the address of the site."""
    own = SCHEMA.read_text(encoding="utf-8")
    return re.sub(r'"\$id": "[^"]*"', '"$id": "{{ absURL `data/schema.json` }}"', own, count=1)


def _both(pair: Pair) -> Fields:
    return dict(zip(LANGUAGES, pair, strict=True))


def _write_text(path: Path, matter: Fields, body: str) -> None:
    _write(path, f"---\n{_block(matter)}---\n{body}\n")


def _write_yaml(path: Path, fields: Fields) -> None:
    _write(path, _block(fields))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _block(fields: Fields) -> str:
    """Write YAML as editors do: a line for each key, and for each item of a list of mappings."""
    lines = []
    for key, value in fields.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{key}:", *(f"  - {_flow(item)}" for item in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "".join(f"{line}\n" for line in lines)


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    return str(value)


_PLAIN = re.compile(r"(?!(?:no|yes|on|off|true|false|null|y|n)$)[a-z][a-z0-9-]*")
"""Texts that are texts in any YAML without quotation marks."""
