"""Pages + templates -> files.

Jinja has its one home here. A name that a template misspells stops the build, at
the line that has it; content is never a template.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache, partial

import jinja2
from jinja2 import Environment
from jinja2.environment import TemplateModule
from markupsafe import Markup

from briefing.atlas import Atlas, Page, url_of
from briefing.language import UnknownWordError, Words, direction
from briefing.locators import passage_link, readable_address
from briefing.markdown import Link
from briefing.model import Briefing, Language, Summary
from briefing.pictures import shortened
from briefing.problems import Collector, Place, Problem, Problems, mistake, stop_on
from briefing.source import decode

__all__ = ["Environment", "assets", "load_templates", "render_pages"]

TEMPLATES = "templates/"
ASSETS = "templates/assets/"
STYLES = "templates/styles/"
LAYERS = "templates/styles/layers.css"
"""The style sheet that says which layer goes before which, and so comes first."""
STYLE_SHEET = "assets/site.css"


def assets(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Take the files that go out as they are, and join the style sheets into one."""
    taken = {path.removeprefix(TEMPLATES): files[path] for path in files if path.startswith(ASSETS)}
    sheets = sorted(path for path in files if path.startswith(STYLES) and path.endswith(".css"))
    sheets.sort(key=lambda path: path != LAYERS)
    return taken | {STYLE_SHEET: b"\n".join(files[path] for path in sheets)}


def load_templates(files: Mapping[str, bytes]) -> Environment:
    """Compile every template, or raise Problems for those that are wrong."""
    sources = {path: files[path] for path in sorted(files) if _is_template(path)}
    return _compiled(tuple(sources.items()))


def _is_template(path: str) -> bool:
    return path.startswith(TEMPLATES) and path.endswith(".html") and not path.startswith(ASSETS)


@lru_cache(maxsize=2)
def _compiled(sources: tuple[tuple[str, bytes], ...]) -> Environment:
    """Compile templates; those of the last builds are remembered, for little takes as long."""
    environment = Environment(
        loader=jinja2.FunctionLoader(partial(_source, dict(sources))),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals |= {
        "in_language": in_language,
        "passage_link": passage_link,
        "readable_address": readable_address,
        "shortened": shortened,
    }
    collector = Collector()
    for path, _ in sources:
        with collector.collect(), _told_as_problems(path):
            environment.get_template(path.removeprefix(TEMPLATES))
    collector.done()
    return environment


@cache
def in_language(tag: str) -> Markup:
    """Write the attributes of an element whose text is in a language: which, and its direction."""
    return Markup('lang="{}" dir="{}"').format(tag, direction(tag))


def _source(files: Mapping[str, bytes], name: str) -> tuple[str, str, None] | None:
    """Give a template with its path, so that its errors can name their line."""
    if (path := TEMPLATES + name) not in files:
        return None
    collector = Collector()
    text = decode(path, files[path], collector)
    collector.done()
    return text.text, path, None


@contextmanager
def _told_as_problems(making: str) -> Iterator[None]:
    """Turn what is wrong in a template into a problem at the line that has it."""
    try:
        yield
    except jinja2.TemplateSyntaxError as error:
        place = Place(error.filename or making, error.lineno)
        raise mistake(place, str(error.message), f"while making {making}") from None
    except jinja2.TemplateNotFound as error:
        place = _place_in_template(error) or Place(making)
        raise mistake(place, f"no template `{error.name}`", f"while making {making}") from None
    except (jinja2.UndefinedError, UnknownWordError) as error:
        place = _place_in_template(error) or Place(making)
        raise mistake(place, str(error), f"while making {making}") from None
    except RecursionError:
        raise mistake(Place(making), "is nested too deep", "take it apart") from None
    except Exception as error:
        where = _place_in_template(error)
        if where is None or _is_ours(error):
            raise
        message = f"{type(error).__name__}: {error}"
        raise mistake(where, message, f"while making {making}") from None


def _is_ours(error: Exception) -> bool:
    """Whether an error was raised by the engine, and so is a bug and not the template's."""
    *_, (frame, _line) = traceback.walk_tb(error.__traceback__)
    return str(frame.f_globals.get("__name__")).startswith("briefing.")


def _place_in_template(error: Exception) -> Place | None:
    """Find the innermost line of a template that an error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    inner = (frame for frame in reversed(frames) if frame.filename.startswith(TEMPLATES))
    frame = next(inner, None)
    return Place(frame.filename, frame.lineno or 1) if frame else None


def render_pages(
    briefing: Briefing, pages: tuple[Page, ...], environment: Environment
) -> dict[str, bytes]:
    """Render every page, or raise Problems for what the templates have wrong."""
    atlas = Atlas(briefing, pages)
    tongues = {lang.code: Words(lang, briefing.time_zone) for lang in briefing.languages}
    made = {}
    problems: dict[tuple[Place, str], Problem] = {}
    for page in pages:
        try:
            with _told_as_problems(page.path):
                template = environment.get_template(page.template)
                view = _View(briefing, atlas, page, tongues, environment)
                made[page.path] = template.render(view.names()).encode()
        except Problems as found:  # the same in every page that has the template
            for problem in found:
                problems.setdefault((problem.place, problem.message), problem)
    stop_on(problems.values())
    return made


class _View:
    """What a template can name, for one page."""

    def __init__(
        self,
        briefing: Briefing,
        atlas: Atlas,
        page: Page,
        tongues: Mapping[str, Words],
        templates: Environment,
    ) -> None:
        self._briefing, self._atlas, self._page, self._tongues = briefing, atlas, page, tongues
        self._templates = templates

    def names(self, language: Language | None = None) -> dict[str, object]:
        """Give the names, in a language or in the first of the page.

        A page in every language has the words of the first of the site at hand.
        """
        page, atlas = self._page, self._atlas
        language = language or next(iter(page.languages), self._briefing.languages[0])
        return {
            **page.data,
            "site": self._briefing,
            "page": page,
            "canonical": url_of(page.canonical or page.path),
            "language": language,
            "words": self._tongues[language.code],
            "tongues": self._tongues,
            "alternates": atlas.alternates(page) if page.languages else (),
            "versions": () if page.is_facing or not page.languages else atlas.versions(page),
            "link": partial(atlas.href, page),
            "to": partial(self.to, language),
            "prose": partial(self.prose, language),
            "prose_in": self.prose,
            "face": self.face,
        }

    def face(self, template: str, language: Language) -> TemplateModule:
        """Give the macros of a template as they speak in a language of a facing page."""
        return self._templates.get_template(template).make_module(self.names(language))

    def to(self, language: Language, *key: str, anchor: str = "") -> str | None:
        """Give the link to the page of a topic or an article, or None where there is none."""
        page = self._atlas.beside(self._page, key, language)
        return self._atlas.href(self._page, page, anchor) if page else None

    def prose(self, language: Language, summary: Summary) -> list[Markup]:
        """Give the blocks of a text, its links leading to pages in a language."""
        return [block.render(partial(self._follow, language)) for block in summary.body.blocks]

    def _follow(self, language: Language, link: Link) -> str | None:
        found = self._atlas.follow(link, self._page, language)
        return self._atlas.href(self._page, *found) if found else None
