"""The same news as source files of Hugo.

What the briefing holds once is held once for Hugo too: points, outlets and voices are data
files, the facts of an article stand in the front matter of its lead. Values are given to Hugo
taken apart, so that its templates need not read them, and so are the days on which a text came
out and was changed, which the briefing finds itself.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from benchmarks.corpus.briefing_sources import (
    ABOUT,
    ABOUT_TITLE,
    TEMPLATES,
    both,
    claim_fields,
    group_fields,
    lead_fields,
    outlet_fields,
    point_fields,
    side_fields,
    voice_fields,
)
from benchmarks.corpus.facts import LANGUAGES
from benchmarks.corpus.news import Article, Topic, topics_of
from benchmarks.corpus.yaml_files import Fields, write, write_text, write_yaml

LAYOUTS = Path(__file__).with_name("hugo")
SCHEMA = TEMPLATES.parent / "tests" / "golden" / "data" / "schema.json"
"""The schema of the briefing's data, which Hugo's data have too."""
CARD = "card.png"


def write_hugo(root: Path, pages: int) -> None:
    """Write the sources of a site with `pages` summary pages, and its layouts."""
    shutil.copytree(LAYOUTS, root)
    _copy_assets(root)
    write(root / "layouts" / "home.schema.json", _schema())
    write_yaml(root / "data" / "outlets.yaml", outlet_fields())
    write_yaml(root / "data" / "voices.yaml", voice_fields())
    write_yaml(root / "data" / "sides.yaml", side_fields())
    for side, language in enumerate(LANGUAGES):
        matter: Fields = {"title": ABOUT_TITLE[side], "layout": "about"}
        write_text(root / "content" / language / "about.md", matter, ABOUT[side])
    for each in topics_of(pages):
        write_yaml(root / "data" / "topics" / f"{each.id}.yaml", _hugo_facts(each))
        for side, language in enumerate(LANGUAGES):
            _write_hugo_topic(root / "content" / language / each.id, each, side)


def _hugo_facts(each: Topic) -> Fields:
    """Return the points of a topic; options by id, for templates look them up, and their order."""
    points = []
    for point in each.points:
        fields = point_fields(point)
        for key in fields.keys() & {"options", "scale"}:
            del fields[key]
        if point.options:
            fields["options"] = {id: both(text) for id, text in point.options.items()}
            fields["order"] = list(point.options)
        points.append(fields)
    return {"start": each.start.isoformat(), "groups": group_fields(), "points": points}


def _write_hugo_topic(folder: Path, each: Topic, side: int) -> None:
    came = [article.accessed for article in each.articles]
    matter: Fields = {"title": each.title[side], "date": each.start, "dek": each.dek[side]}
    matter |= {"publishDate": min(came), "lastmod": max(came)}
    write_text(folder / "_index.md", matter, _for_hugo(each.body[side], each.id))
    for weight, article in enumerate(each.articles, start=1):
        matter = {"title": article.title[side], "date": article.published, "weight": weight}
        matter |= {"publishDate": article.accessed, "lastmod": article.accessed}
        if side == 0:
            matter |= _hugo_lead(article)
        body = _for_hugo(article.body[side], each.id)
        write_text(folder / f"{article.id}.md", matter, body)


def _hugo_lead(article: Article) -> Fields:
    """Return the facts of an article; `url` and `type` mean something else to Hugo."""
    fields = lead_fields(article)
    fields |= {"address": fields.pop("url"), "genre": fields.pop("type")}
    said = [claim_fields(claim) | {"value": claim.value.matter} for claim in article.claims]
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
    """Return the schema as a template, which fills in the address of the site."""
    own = SCHEMA.read_text(encoding="utf-8")
    return re.sub(r'"\$id": "[^"]*"', '"$id": "{{ absURL `data/schema.json` }}"', own, count=1)
