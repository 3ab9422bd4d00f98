"""The commands `hide`, `show` and `withdraw`: the sources on disk, and what readers will find.

What is to be written is built before a byte of it is, and compared with what was meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from briefing.commands.arguments import SOURCES
from briefing.commands.new.command import from_root
from briefing.commands.process import as_typed
from briefing.commands.visibility.drafts import was_hidden_with_topic
from briefing.commands.visibility.named_texts import NamedTexts, find_texts
from briefing.commands.visibility.plan import (
    Plan,
    facts_path,
    plan_hiding,
    plan_showing,
    plan_withdrawal,
    verify_plan,
)
from briefing.commands.visibility.readers import (
    NOTHING,
    found_otherwise,
    told_addresses,
    told_comparison,
)
from briefing.commands.visibility.refusals import refused_hiding, refused_withdrawing
from briefing.commands.visibility.withdrawals import (
    correction_text,
    names_to_restore,
    names_to_withdraw,
    place_of_correction,
    read_reason,
)
from briefing.content.parse import parse_site
from briefing.content.publication import local_day
from briefing.content.redirects import REDIRECTS
from briefing.content.shared import Files
from briefing.content.values import read_moment
from briefing.engine.build import build
from briefing.engine.session import Build
from briefing.engine.sources import SourceTree
from briefing.model.article import Summary
from briefing.model.site import Site, Withdrawal
from briefing.model.values import Moment
from briefing.problems import Place, mistake, raise_if_any
from briefing.storage.rewrite_sources import rewrite_sources
from briefing.storage.site_sources.read import read_site_sources


class _Sources(Struct, frozen=True, kw_only=True):
    """A site on disk at a time, and what of it was named."""

    root: Path
    files: Files
    site: Site
    """All of it, drafts among them."""
    named: NamedTexts
    now: Moment


def hide(root: Path, name: str, language: str, now: Moment) -> str:
    """Make a text, an article or a topic a draft; return what readers find now.

    name: an id or a path. language: its code, "" for all. Raises Problems, with every file as it
    was, if there is no such thing, if others are made from it, or if the site has mistakes.
    """
    sources = _read(root, name, language, now)
    raise_if_any(refused_hiding(sources.named, "hide"))
    texts = _texts_to_hide(sources.named)
    if not texts:
        return f"nothing to do: {_named(sources)} is a draft already"
    planned = _hiding(sources, texts)
    before, after = _write(sources, planned)
    done = [f"{path} is a draft now" for path in planned.drafts]
    found = found_otherwise(before, after)
    if NOTHING in found:
        done += [_vanished(_again("withdraw", sources))]
    return "\n".join([*done, *_told(sources, before, after, found), _undo(sources)])


def show(root: Path, name: str, language: str, now: Moment) -> str:
    """Make what is a draft, or was withdrawn, public again; return what readers find now.

    name, language, Raises: as for `hide`.
    """
    sources = _read(root, name, language, now)
    texts = _texts_to_show(sources)
    names = names_to_restore(sources.named, sources.site.redirects)
    if not texts and not names:
        drafts = [t.place.path for t in sources.named.versions.values() if t.draft]
        left = [f"a draft is {path}: `{as_typed(f'show {path}')}`" for path in drafts]
        return "\n".join([f"nothing to do: {_named(sources)} is no draft, nor withdrawn", *left])
    planned = plan_showing(sources.site, sources.files, texts, names)
    before, after = _write(sources, planned)
    done = [f"{path} is no draft now" for path in planned.drafts]
    done += [f"{REDIRECTS} has no longer as withdrawn: {', '.join(names)}"] if names else []
    found = found_otherwise(before, after)
    lead = sources.named.lead
    if lead and lead.draft and lead not in texts:
        done += [f"readers do not see it yet: {lead.place.path} is a draft"]
    if NOTHING in found:
        done += [_vanished(as_typed(f"withdraw {sources.named.id}"))]
    done += _left_correction(sources, names)
    return "\n".join([*done, *_told(sources, before, after, found)])


def withdraw(root: Path, name: str, language: str, reasons: Sequence[str], now: Moment) -> str:
    """Take back what was published; return what readers find now.

    Its texts become drafts, its address says when and why it was withdrawn, and the topic of an
    article tells of it as a correction. reasons: `vi=…`, one for each language of the site, () for
    none. name, language, Raises: as for `hide`.
    """
    sources = _read(root, name, language, now)
    reason = read_reason(sources.site, reasons)
    raise_if_any(refused_withdrawing(sources.named))
    names = names_to_withdraw(sources.named, sources.site, now)
    texts = _texts_to_hide(sources.named)
    if sources.named.name not in names and not texts:
        where = f"{REDIRECTS} says so, and why"
        return f"nothing to do: {_named(sources)} is withdrawn already; {where}"
    told = Withdrawal(on=_today(sources), reason=reason)
    planned = plan_withdrawal(
        _hiding(sources, texts),
        sources.named,
        sources.site,
        sources.files,
        told=told,
        names=names,
    )
    before, after = _write(sources, planned)
    done = [f"{path} is a draft now" for path in planned.drafts]
    done += [f"{REDIRECTS} has as withdrawn: {', '.join(names)}"] if names else []
    if sources.named.topic and (sources.named.article or sources.named.language):
        done += ["page, feeds and mail of the topic tell of it, as a correction"]
    if reason is None:
        done += ["no reason is told: `--reason` with one in each language does that"]
    found = found_otherwise(before, after)
    return "\n".join([*done, *_told(sources, before, after, found), _undo(sources)])


def _read(root: Path, name: str, language: str, now: Moment) -> _Sources:
    """Return the site on disk, and what of it was named. Raises Problems."""
    files = read_site_sources(root, *SOURCES)
    site = parse_site(files)
    path = from_root(root, name)
    is_path = path in files or path.removeprefix("content/").strip("/") in _ids(site)
    named = find_texts(site, path if is_path else name, language)
    return _Sources(root=root, files=files, site=site, named=named, now=now)


def _ids(site: Site) -> Collection[str]:
    return {topic.id for topic in site.topics}


def _texts_to_hide(named: NamedTexts) -> list[Summary]:
    """Return the texts that must be drafts so that readers do not see what was named."""
    if named.language:
        texts = [named.versions[named.language]]
    else:  # with its lead a whole article goes
        texts = [named.lead] if named.lead else [*named.versions.values()]
    return [text for text in texts if not text.draft]


def _texts_to_show(sources: _Sources) -> list[Summary]:
    """Return the drafts by which what was named was hidden.

    Translations of an article, and of a topic that was not hidden as a whole, may be drafts for
    another reason: they are not among them unless their language was named.
    """
    named = sources.named
    if named.language:
        texts = [named.versions[named.language]]
    elif named.lead:
        texts = [named.lead]
    else:
        drafts = [text for text in named.versions.values() if text.draft]
        marked = [text for text in drafts if _is_marked(sources, text)]
        texts = marked or [text for text in drafts if text.translates is None]
    return [text for text in texts if text.draft]


def _is_marked(sources: _Sources, text: Summary) -> bool:
    return was_hidden_with_topic(text.place.path, sources.files[text.place.path])


def _hiding(sources: _Sources, texts: Iterable[Summary]) -> Plan:
    whole = not sources.named.language and sources.named.article is None
    return plan_hiding(sources.site, sources.files, texts, whole_topic=whole)


def _today(sources: _Sources) -> Moment:
    """Return the day, by the clock of the site."""
    return read_moment(local_day(sources.now.at.timestamp(), sources.site.time_zone))


def _write(sources: _Sources, planned: Plan) -> tuple[Build, Build]:
    """Write what is planned; return the site as it was built before and after it.

    Raises Problems, with nothing written, if the site cannot be built then, if something else
    would come of it, or if the files have changed meanwhile.
    """
    before = build(SourceTree.of(sources.files), sources.now)
    new = {**sources.files, **planned.written}
    verify_plan(sources.site, new, planned)
    after = build(SourceTree.of(new), sources.now, before)
    if read_site_sources(sources.root, *SOURCES) != sources.files:
        where = Place(str(sources.root))
        raise mistake(where, "the files change while they are read", "do it again")
    rewrite_sources(sources.root, {}, planned.written)
    return before, after


def _told(
    sources: _Sources, before: Build, after: Build, found: Mapping[str, Iterable[str]]
) -> Iterator[str]:
    """Yield what readers find otherwise."""
    lines = [*told_addresses(found)]
    if sources.named.topic:
        lines += told_comparison(before, after, sources.named.topic.id, sources.now)
    if lines:
        yield "readers will find"
        yield from (f"    {line}" for line in lines)


def _left_correction(sources: _Sources, names: Iterable[str]) -> Iterator[str]:
    """Yield where a topic still tells of the withdrawal of what is shown again."""
    named, facts = sources.named, facts_path(sources.named)
    if named.topic is None or not (named.article or named.language):
        return
    for told in [sources.site.redirects.withdrawals[name] for name in names]:
        text = correction_text(named, sources.site, told.reason)
        if place := place_of_correction(facts, sources.files[facts], text):
            where = f"{place.path}:{place.line}"
            yield f"{where} tells of the withdrawal: take that out if it was never online"


def _named(sources: _Sources) -> str:
    return f"`{sources.named.name}`"


def _vanished(cure: str) -> str:
    """Return what an editor is told where readers find no page; cure: a command."""
    return f"if it was online, its address must not vanish: `{cure}`"


def _again(command: str, sources: _Sources) -> str:
    """Return another command on the same thing, as it is typed."""
    language = f" --lang {sources.named.language}" if sources.named.language else ""
    return as_typed(f"{command} {sources.named.id}{language}")


def _undo(sources: _Sources) -> str:
    return f"`{_again('show', sources)}` undoes it"
