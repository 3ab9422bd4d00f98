"""What is withdrawn -> `withdrawn:` in redirects.yaml, and the correction in topic.yaml.

The page at the old address tells of the one; pages, feeds and mails of the topic of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from briefing.commands.visibility.lists import YamlFile
from briefing.commands.visibility.named_texts import NamedTexts
from briefing.content.publication import public_topic
from briefing.content.redirects import REDIRECTS
from briefing.model.article import Localized
from briefing.model.site import Redirects, Site, Withdrawal
from briefing.model.values import Moment
from briefing.problems import Place, Problem, did_you_mean, mistake, raise_if_any
from briefing.rendering.i18n import Translator
from briefing.syntax.yaml_writing import flow

COMMENT = "# What was taken back: its address says so, with the day and the reason."
"""Comment above `withdrawn:` where that is new in the file."""
_SITE = Place("site.yaml")
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
"""The signs that isolate a direction, which no source may have."""


def read_reason(site: Site, given: Iterable[str]) -> Localized | None:
    """Return a reason in every language of the site, from arguments `vi=…`; None if none is given.

    With one language its code may be left out. Raises Problems for a language that is missing or
    not one of the site.
    """
    codes = {language.code for language in site.languages}
    told: dict[str, str] = {}
    for argument in given:
        code, sign, words = argument.partition("=")
        if code not in codes and len(codes) == 1:
            code, sign, words = next(iter(codes)), "=", argument
        if not sign or code not in codes:
            cure = did_you_mean(code, codes) if sign else "write `--reason en=…`, for each language"
            raise mistake(_SITE, f"`--reason {argument}` names no language of the site", cure)
        told[code] = " ".join(words.split())
    missing = [code for code in codes if not told.get(code)] if told else []
    raise_if_any(
        Problem(_SITE, f"the reason is not told in `{code}`", f"add `--reason {code}=…`")
        for code in sorted(missing)
    )
    return told or None


def names_to_withdraw(chosen: NamedTexts, site: Site, as_of: Moment) -> list[str]:
    """Return what is withdrawn with what was named, as redirects.yaml names it, and is not yet.

    With a topic each of its articles, but for those that are drafts or appear after `as_of`: they
    were never there, or were withdrawn before.
    """
    names = [chosen.name]
    if chosen.topic and chosen.article is None and not chosen.language:
        texts = {code: replace(text, draft=False) for code, text in chosen.topic.texts.items()}
        public = public_topic(replace(chosen.topic, texts=texts), site, as_of)
        names += [f"{chosen.id}/{each.id}" for each in (public.articles if public else ())]
    gone = site.redirects.gone
    return [name for name in names if name not in gone and name.partition(".")[0] not in gone]


def withdrawn_file(data: bytes | None, names: Iterable[str], told: Withdrawal) -> bytes:
    """Return redirects.yaml with more that was withdrawn; `data` None: there is no such file."""
    content = data or b""
    for name in names:
        reason = f", reason: {flow(told.reason)}" if told.reason else ""
        entry = f"{{id: {flow(name)}, on: {told.on}{reason}}}"
        content = YamlFile(REDIRECTS, content).with_item("withdrawn", [entry], entry, COMMENT)
    return content


def names_to_restore(chosen: NamedTexts, redirects: Redirects) -> list[str]:
    """Return the entries of `withdrawn:` that what was named is shown again by taking out."""
    wanted = {chosen.name}
    if chosen.topic and chosen.article is None and not chosen.language:
        leads = ((each, each.summaries[each.lead]) for each in chosen.topic.articles)
        wanted |= {f"{chosen.id}/{each.id}" for each, lead in leads if not lead.draft}
    return [name for name in redirects.withdrawn if _name_today(name, redirects) in wanted]


def _name_today(written: str, redirects: Redirects) -> str:
    """Return an entry of `withdrawn:` with the id that the thing has today."""
    id, dot, language = written.partition(".")
    return f"{redirects.target(id) or id}{dot}{language}"


def restored_file(data: bytes, before: Redirects, names: Iterable[str]) -> bytes:
    """Return redirects.yaml without some entries of `withdrawn:`, which is `before` in it."""
    left = [*before.withdrawn]
    for name in names:
        at = left.index(name)
        data = YamlFile(REDIRECTS, data).without_item("withdrawn", at, COMMENT)
        left.pop(at)
    return data


def correction_text(chosen: NamedTexts, site: Site, reason: Localized | None) -> Localized:
    """Return the words by which a topic tells of what was withdrawn, in every language.

    reason: a sentence that follows; None for none.
    """
    return dict(_sentences(chosen, site, reason))


def _sentences(
    chosen: NamedTexts, site: Site, reason: Localized | None
) -> Iterator[tuple[str, str]]:
    for language in site.languages:
        words = Translator(language, site.time_zone)
        taken_back = chosen.versions.get(chosen.language) or chosen.lead
        own = chosen.versions.get(language.code) or taken_back
        title = own.title if own else ""
        if chosen.language:
            spoken = words.language_name(chosen.language)
            told = words("withdrawn_version", title=title, language=spoken)
        else:
            told = words("withdrawn_summary", title=title)
        between = "" if told.endswith("。") else " "
        told = f"{told}{between}{reason[language.code]}" if reason else told
        yield language.code, told.translate(_ISOLATES)


def corrected_facts(path: str, data: bytes, day: Moment, text: Localized) -> bytes:
    """Return the topic.yaml at a path with one more correction, of a day."""
    lines = [f"date: {day}", "kind: correction", f"text: {flow(text)}"]
    return YamlFile(path, data).with_item("changes", lines, f"{{{', '.join(lines)}}}")


def place_of_correction(path: str, data: bytes, text: Localized) -> Place | None:
    """Return where a correction with a text stands in a topic.yaml; None: nowhere, or changed."""
    return YamlFile(path, data).place_of_item("changes", "text", text)
