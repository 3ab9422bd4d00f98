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
    joined,
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
from briefing.problems import Collector, Place, mistake, raise_if_any
from briefing.storage.rewrite_sources import rewrite_sources
from briefing.storage.site_sources.read import read_site_sources


class _Sources(Struct, frozen=True, kw_only=True):
    """A site on disk at a time, and what of it was named."""

    root: Path
    files: Files
    site: Site
    """All of it, drafts among them."""
    named: tuple[NamedTexts, ...]
    now: Moment


def hide(root: Path, names: Sequence[str], language: str, now: Moment) -> str:
    """Make texts, articles or topics drafts; return what readers find now.

    names: ids or paths. language: its code, "" for all. Raises Problems, with every file as it
    was, if there is no such thing, if others are made from it, or if the site has mistakes.
    """
    sources = _read(root, names, language, now)
    going = {text.place.path for each in sources.named for text in _texts_to_hide(each)}
    raise_if_any(p for each in sources.named for p in refused_hiding(each, "hide", going))
    hidden = [each for each in sources.named if _texts_to_hide(each)]
    done = [
        f"nothing to do: `{n.name}` is a draft already" for n in sources.named if n not in hidden
    ]
    if not hidden:
        return "\n".join(done)
    whole_last = sorted(hidden, key=lambda each: not each.language)
    planned = joined([_hiding(sources, each) for each in whole_last])
    before, after = _write(sources, planned)
    done += [f"{path} is a draft now" for path in planned.drafts]
    found = found_otherwise(before, after)
    done += _vanished([_again("withdraw", [each]) for each in _without_page(hidden, found)])
    return "\n".join([*done, *_told(sources, before, after, found), _undo(hidden)])


def show(root: Path, names: Sequence[str], language: str, now: Moment) -> str:
    """Make what is a draft, or was withdrawn, public again; return what readers find now.

    names, language, Raises: as for `hide`.
    """
    sources = _read(root, names, language, now)
    redirects = sources.site.redirects
    done, texts, entries = list[str](), list[Summary](), list[str]()
    for each in sources.named:
        drafts, restored = _texts_to_show(sources, each), names_to_restore(each, redirects)
        if not drafts and not restored:
            done += _nothing_to_show(each)
        texts += [text for text in drafts if text not in texts]
        entries += [name for name in restored if name not in entries]
    if not texts and not entries:
        return "\n".join(done)
    planned = plan_showing(sources.site, sources.files, texts, entries)
    before, after = _write(sources, planned)
    done += [f"{path} is no draft now" for path in planned.drafts]
    done += [f"{REDIRECTS} has no longer as withdrawn: {', '.join(entries)}"] if entries else []
    found = found_otherwise(before, after)
    leads = dict.fromkeys(each.lead.place.path for each in sources.named if each.lead)
    left = [path for path in leads if _is_draft(sources, path) and path not in planned.drafts]
    done += [f"readers do not see it yet: {path} is a draft" for path in left]
    without = _without_page(sources.named, found)
    done += _vanished([as_typed(f"withdraw {each.id}") for each in without])
    done += _left_corrections(sources, entries)
    return "\n".join([*done, *_told(sources, before, after, found)])


def withdraw(root: Path, name: str, language: str, reasons: Sequence[str], now: Moment) -> str:
    """Take back what was published; return what readers find now.

    Its texts become drafts, its address says when and why it was withdrawn, and the topic of an
    article tells of it as a correction. reasons: `vi=…`, one for each language of the site, () for
    none. name: an id or a path. language, Raises: as for `hide`.
    """
    sources = _read(root, [name], language, now)
    (named,) = sources.named
    reason = read_reason(sources.site, reasons)
    raise_if_any(refused_withdrawing(named))
    names = names_to_withdraw(named, sources.site, now)
    if named.name not in names and not _texts_to_hide(named):
        where = f"{REDIRECTS} says so, and why"
        return f"nothing to do: `{named.name}` is withdrawn already; {where}"
    told = Withdrawal(on=_today(sources), reason=reason)
    planned = plan_withdrawal(
        _hiding(sources, named),
        named,
        sources.site,
        sources.files,
        told=told,
        names=names,
    )
    before, after = _write(sources, planned)
    done = [f"{path} is a draft now" for path in planned.drafts]
    done += [f"{REDIRECTS} has as withdrawn: {', '.join(names)}"] if names else []
    if named.topic and (named.article or named.language):
        done += ["page, feeds and mail of the topic tell of it, as a correction"]
    if reason is None:
        done += ["no reason is told: `--reason` with one in each language does that"]
    found = found_otherwise(before, after)
    return "\n".join([*done, *_told(sources, before, after, found), _undo([named])])


def _read(root: Path, names: Iterable[str], language: str, now: Moment) -> _Sources:
    """Return the site on disk, and what of it was named, each once. Raises Problems."""
    files = read_site_sources(root, *SOURCES)
    site, collector = parse_site(files), Collector()
    named = list[NamedTexts]()
    for name in names:
        path = from_root(root, name)
        is_path = path in files or path.removeprefix("content/").strip("/") in _ids(site)
        with collector.collect():
            named.append(find_texts(site, path if is_path else name, language))
    collector.done()
    once = {each.name: each for each in named}
    return _Sources(root=root, files=files, site=site, named=tuple(once.values()), now=now)


def _ids(site: Site) -> Collection[str]:
    return {topic.id for topic in site.topics}


def _texts_to_hide(named: NamedTexts) -> list[Summary]:
    """Return the texts that must be drafts so that readers do not see what was named."""
    if named.language:
        texts = [named.versions[named.language]]
    else:  # with its lead a whole article goes
        texts = [named.lead] if named.lead else [*named.versions.values()]
    return [text for text in texts if not text.draft]


def _texts_to_show(sources: _Sources, named: NamedTexts) -> list[Summary]:
    """Return the drafts by which what was named was hidden.

    Translations of an article, and of a topic that was not hidden as a whole, may be drafts for
    another reason: they are not among them unless their language was named.
    """
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


def _is_draft(sources: _Sources, path: str) -> bool:
    return any(
        text.draft
        for each in sources.named
        for text in each.versions.values()
        if text.place.path == path
    )


def _nothing_to_show(named: NamedTexts) -> Iterator[str]:
    yield f"nothing to do: `{named.name}` is no draft, nor withdrawn"
    drafts = [text.place.path for text in named.versions.values() if text.draft]
    yield from (f"a draft is {path}: `{as_typed(f'show {path}')}`" for path in drafts)


def _hiding(sources: _Sources, named: NamedTexts) -> Plan:
    whole = not named.language and named.article is None
    return plan_hiding(sources.site, sources.files, _texts_to_hide(named), whole_topic=whole)


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
    topics = dict.fromkeys(each.topic.id for each in sources.named if each.topic)
    for topic in topics:
        lines += told_comparison(before, after, topic, sources.now)
    if lines:
        yield "readers will find"
        yield from (f"    {line}" for line in lines)


def _left_corrections(sources: _Sources, names: Collection[str]) -> Iterator[str]:
    """Yield where a topic still tells of the withdrawal of what is shown again.

    names: the entries of `withdrawn:` that were taken out.
    """
    for named in sources.named:
        if named.topic is None or not (named.article or named.language):
            continue
        facts, redirects = facts_path(named), sources.site.redirects
        for name in set(names_to_restore(named, redirects)).intersection(names):
            text = correction_text(named, sources.site, redirects.withdrawals[name].reason)
            if place := place_of_correction(facts, sources.files[facts], text):
                where = f"{place.path}:{place.line}"
                yield f"{where} tells of the withdrawal: take that out if it was never online"


def _without_page(
    named: Iterable[NamedTexts], found: Mapping[str, Iterable[str]]
) -> Iterator[NamedTexts]:
    """Yield what has an address at which readers find no page any more."""
    gone = [address.split("/", 2)[2] for address in found.get(NOTHING, ())]
    yield from (n for n in named if any(below.startswith(f"{n.id}/") for below in gone))


def _vanished(cures: Iterable[str]) -> Iterator[str]:
    """Yield what an editor is told where readers find no page; cures: commands."""
    yield from (f"if it was online, its address must not vanish: `{cure}`" for cure in cures)


def _again(command: str, named: Sequence[NamedTexts]) -> str:
    """Return another command on the same things, as it is typed."""
    if len(named) == 1:
        language = f" --lang {named[0].language}" if named[0].language else ""
        return as_typed(f"{command} {named[0].id}{language}")
    words = [n.versions[n.language].place.path if n.language else n.id for n in named]
    return as_typed(f"{command} {' '.join(words)}")


def _undo(named: Sequence[NamedTexts]) -> str:
    return f"`{_again('show', named)}` undoes it"
