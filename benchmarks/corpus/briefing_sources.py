"""The news as source files of the briefing."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.corpus import phrases
from benchmarks.corpus.facts import GROUPS, LANGUAGES, Point, Unit
from benchmarks.corpus.news import Article, Claim, Topic, topic, topic_count, topics_of
from benchmarks.corpus.phrases import Pair
from benchmarks.corpus.yaml_files import Fields, write_text, write_yaml

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LEAD, TRANSLATION = LANGUAGES
"""The language in which a summary is written first, and that of its translation."""
ADDRESS = "https://example.org/briefing/"
"""The address of the site, which `hugo/hugo.toml` has too."""
TITLE: Pair = ("Ai nói gì", "Who Said What")
DESCRIPTION: Pair = (
    "Bản tin song ngữ đặt các bài báo cạnh nhau, từng điểm một, và chỉ rõ câu nào là lời của ai.",
    "A bilingual briefing that sets news reports side by side and shows who said what.",
)
ABOUT: Pair = ("Chúng tôi đếm tiếng nói, không đếm số báo.", "We count voices, not outlets.")
ABOUT_TITLE: Pair = ("Cách chúng tôi so sánh", "How we compare")
ADDITION = "\nBiên tập viên bổ sung câu này, lần thứ {}.\n"
"""What an edit appends to a summary; the number of the edit is filled in."""


def write_briefing(root: Path, pages: int, templates: Path = TEMPLATES) -> None:
    """Write the sources of a site with `pages` summary pages: articles times languages."""
    shutil.copytree(templates, root / "templates")
    write_yaml(root / "site.yaml", _site())
    content = root / "content"
    write_yaml(content / "outlets.yaml", outlet_fields())
    write_yaml(content / "voices.yaml", {"sides": side_fields(), "voices": voice_fields()})
    for side, language in enumerate(LANGUAGES):
        write_text(content / f"about.{language}.md", {"title": ABOUT_TITLE[side]}, ABOUT[side])
    for each in topics_of(pages):
        _write_topic(content / each.id, each)


def append_sentence(file: Path, number: int) -> None:
    """Append a sentence to a summary, another one for each `number`."""
    with file.open("a", encoding="utf-8") as text:
        text.write(ADDITION.format(number))


def edited_summary(pages: int, number: int) -> tuple[str, str]:
    """Return the ids of the topic and of the article whose summary edit `number` changes."""
    edited = topic(number * 7 % topic_count(pages))
    return edited.id, edited.articles[number % len(edited.articles)].id


def _site() -> Fields:
    return {
        "address": ADDRESS,
        "title": both(TITLE),
        "description": both(DESCRIPTION),
        "languages": {"vi": {"name": "Tiếng Việt"}, "en": {"name": "English", "locale": "en-GB"}},
        "time_zone": "Asia/Ho_Chi_Minh",
        "facing": [],
        "contact": "mailto:desk@example.org",
    }


def outlet_fields() -> Fields:
    """Return outlets.yaml."""
    return {
        outlet.id: {
            "name": both(outlet.name),
            "kind": outlet.kind,
            "country": outlet.country,
            "language": outlet.language,
        }
        for outlet in phrases.OUTLETS
    }


def side_fields() -> Fields:
    """Return the sides of voices.yaml: their names by id."""
    return {id: both(name) for id, name in phrases.SIDES.items()}


def voice_fields() -> Fields:
    """Return the voices of voices.yaml, by id."""
    return {
        voice.id: {"name": both(voice.name), "kind": voice.kind, "side": voice.side}
        for voice in phrases.VOICES
    }


def _write_topic(folder: Path, each: Topic) -> None:
    facts: Fields = {"event": {"start": each.start.isoformat()}, "groups": group_fields()}
    write_yaml(
        folder / "topic.yaml", facts | {"points": [point_fields(point) for point in each.points]}
    )
    for side, language in enumerate(LANGUAGES):
        matter: Fields = {"title": each.title[side], "dek": each.dek[side]}
        if language != LEAD:
            matter["translates"] = LEAD
        write_text(folder / f"topic.{language}.md", matter, each.body[side])
    for article in each.articles:
        lead = lead_fields(article) | {"claims": [_claim(claim) for claim in article.claims]}
        write_text(folder / f"{article.id}.{LEAD}.md", lead, article.body[0])
        translation: Fields = {"title": article.title[1], "translates": LEAD}
        write_text(folder / f"{article.id}.{TRANSLATION}.md", translation, article.body[1])


def group_fields() -> list[Fields]:
    """Return the groups of points of a topic."""
    return [{"id": id, "label": both(label)} for id, label in GROUPS.items()]


def point_fields(point: Point) -> Fields:
    """Return a point as topic.yaml has it."""
    fields: Fields = {
        "id": point.id,
        "group": point.group,
        "kind": point.kind,
        "label": both(point.label),
        "question": both(point.question),
    }
    if point.unit:
        fields["unit"] = point.unit.cldr or _unit(point.unit)
    if point.options:
        key = "scale" if point.kind == "stance" else "options"
        fields[key] = [{"id": id, "label": both(text)} for id, text in point.options.items()]
    return fields


def _unit(unit: Unit) -> Fields:
    return {"vi": unit.other[0], "en": {"one": unit.one[1], "other": unit.other[1]}}


def lead_fields(article: Article) -> Fields:
    """Return the facts of an article that both generators take, without its claims."""
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
    return claim_fields(claim) | {"says": claim.value.says}


def claim_fields(claim: Claim) -> Fields:
    """Return a claim without its value."""
    fields: Fields = {"point": claim.point.id}
    if claim.voice:
        fields["by"] = claim.voice.id
    if claim.mode:
        fields["mode"] = claim.mode
    return fields | {"at": claim.at}


def both(pair: Pair) -> Fields:
    """Return a text in both languages, by language."""
    return dict(zip(LANGUAGES, pair, strict=True))
