"""The words of a command -> the texts that are meant, in a site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from briefing.content.classify import ABOUT_STEM
from briefing.model.article import Article, Summary
from briefing.model.site import Site, Topic
from briefing.problems import Place, did_you_mean, mistake


class NamedTexts(Struct, frozen=True, kw_only=True):
    """A topic, an article or the text of the site on itself, in all languages or in one."""

    id: str
    """`topic`, `topic/article`, or `about`."""
    language: str
    """The code of the one language; "" for all."""
    topic: Topic | None
    """None for `about`."""
    article: Article | None
    """None where no article is meant."""
    versions: Mapping[str, Summary]
    """All of its texts, by language."""

    @property
    def name(self) -> str:
        """How redirects.yaml names it: its id, with the language if it is one."""
        return f"{self.id}.{self.language}" if self.language else self.id

    @property
    def lead(self) -> Summary | None:
        """The text with the facts of an article; None for others."""
        return self.article.summaries[self.article.lead] if self.article else None


def find_texts(site: Site, name: str, language: str) -> NamedTexts:
    """Return what a name means: `topic`, `topic/article`, `about`, or the path of a text or folder.

    language: the code of the one language that is meant; "": that of a path, or all.
    Raises Problems for what is not there.
    """
    known = _known(site)
    paths = {
        text.place.path: (id, code) for id, texts in known.items() for code, text in texts.items()
    }
    id, of_path = paths.get(name, (name.strip("/").removeprefix("content/"), ""))
    if id not in known:
        choices = [*paths] if name.endswith(".md") else [*known]
        raise mistake(
            Place(name if "/" in name else f"content/{name}"),
            f"there is no text, article or topic `{name}`",
            did_you_mean(name, choices),
        )
    if language and of_path and language != of_path:
        cure = "name the language in one of the two ways"
        raise mistake(Place(name), f"it is not the text in `{language}`", cure)
    code = language or of_path
    versions = known[id]
    if code and code not in versions:
        cure = did_you_mean(code, versions, "there is one in")
        raise mistake(Place(f"content/{id}"), f"there is no text in `{code}`", cure)
    topic_id, _, article_id = id.partition("/")
    topic = next((each for each in site.topics if each.id == topic_id), None)
    return NamedTexts(
        id=id,
        language=code,
        topic=topic,
        article=_article(topic.articles, article_id) if topic else None,
        versions=versions,
    )


def _known(site: Site) -> dict[str, Mapping[str, Summary]]:
    """Return all texts, by what they are on."""
    known: dict[str, Mapping[str, Summary]] = {}
    for topic in site.topics:
        known[topic.id] = topic.texts
        known |= {f"{topic.id}/{article.id}": article.summaries for article in topic.articles}
    return known | ({ABOUT_STEM: site.about} if site.about else {})


def _article(articles: Iterable[Article], id: str) -> Article | None:
    return next((article for article in articles if article.id == id), None)
