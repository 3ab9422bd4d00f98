"""What is to be written to hide, show or withdraw texts, and whether that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefing.commands.rename.verify import comparable
from briefing.commands.visibility.drafts import as_draft, as_no_draft
from briefing.commands.visibility.named_texts import NamedTexts
from briefing.commands.visibility.withdrawals import (
    corrected_facts,
    correction_text,
    restored_file,
    withdrawn_file,
)
from briefing.content.classify import TOPIC_STEM
from briefing.content.parse import parse_site
from briefing.content.redirects import REDIRECTS
from briefing.content.shared import Files
from briefing.model.article import Localized, Summary
from briefing.model.site import Change, Site, Withdrawal
from briefing.problems import Place, Problem, Problems


class Plan(Struct, frozen=True, kw_only=True):
    """What is to be written, and what must come of it."""

    drafts: Mapping[str, bool]
    """By path of a text: whether it is a draft then."""
    written: Mapping[str, bytes]
    """The new content of each file that changes, by its path."""
    withdrawals: Mapping[str, Withdrawal]
    """All that is withdrawn then, by its id as written."""
    correction: Localized | None = None
    """The text of a new correction of the topic; None for none."""


def plan_hiding(site: Site, files: Files, texts: Iterable[Summary], *, whole_topic: bool) -> Plan:
    """Return the plan by which some texts become drafts.

    files: the sources, by path. whole_topic: whether they are all texts of a topic. Raises
    Problems.
    """
    paths = [text.place.path for text in texts]
    return Plan(
        drafts=dict.fromkeys(paths, True),
        written={path: as_draft(path, files[path], with_topic=whole_topic) for path in paths},
        withdrawals=site.redirects.withdrawals,
    )


def joined(plans: Sequence[Plan]) -> Plan:
    """Return several plans of hiding as one; of a text that is in two, the last stands."""
    drafts = {path: draft for plan in plans for path, draft in plan.drafts.items()}
    written = {path: data for plan in plans for path, data in plan.written.items()}
    return replace(plans[0], drafts=drafts, written=written)


def plan_withdrawal(
    hiding: Plan,
    named: NamedTexts,
    site: Site,
    files: Files,
    *,
    told: Withdrawal,
    names: Sequence[str],
) -> Plan:
    """Return a plan of hiding with what is told of the withdrawal.

    names: what is new in `withdrawn:`. Where the topic stays, it has a correction; the same is
    told once a day. Raises Problems.
    """
    written = {**hiding.written}
    if names:
        written[REDIRECTS] = withdrawn_file(files.get(REDIRECTS), names, told)
    correction = None
    if named.topic and told.on and (named.article or named.language):
        text = correction_text(named, site, told.reason)
        known = [(change.date, dict(change.text)) for change in named.topic.changes]
        if (told.on, dict(text)) not in known:  # as when it was withdrawn, shown and withdrawn
            facts, correction = facts_path(named), text
            written[facts] = corrected_facts(facts, files[facts], told.on, text)
    withdrawals = {**hiding.withdrawals, **dict.fromkeys(names, told)}
    return replace(hiding, written=written, withdrawals=withdrawals, correction=correction)


def plan_showing(site: Site, files: Files, texts: Sequence[Summary], names: Sequence[str]) -> Plan:
    """Return the plan by which drafts are none any more.

    names: what leaves `withdrawn:`. files: the sources, by path. Raises Problems.
    """
    paths, redirects = [text.place.path for text in texts], site.redirects
    written = {path: as_no_draft(path, files[path]) for path in paths}
    if names:
        written[REDIRECTS] = restored_file(files[REDIRECTS], redirects, names)
    left = {id: told for id, told in redirects.withdrawals.items() if id not in names}
    return Plan(drafts=dict.fromkeys(paths, False), written=written, withdrawals=left)


def facts_path(named: NamedTexts) -> str:
    """Return the path of the topic.yaml of what was named."""
    return f"content/{named.id.partition('/')[0]}/{TOPIC_STEM}.yaml"


def verify_plan(site: Site, files: Files, plan: Plan) -> None:
    """Do nothing if `files` are the site with what is in the plan, and else as it was.

    Raises Problems if they are not: a file was written in a way that was not foreseen.
    """
    try:
        after: Site | None = parse_site(files)
    except Problems:
        after = None
    if after is None or not _is_as_planned(site, after, plan):
        raise Problems(
            Problem(Place(path), "it is written in a way that cannot be changed safely", cure)
            for path in plan.written
            for cure in ["make the change by hand: docs/publishing.md says what is written"]
        )


def _is_as_planned(site: Site, after: Site, plan: Plan) -> bool:
    """Whether a site is another with new drafts, withdrawals and one more correction."""
    told = [each for topic in after.topics for each in topic.changes]
    known = [each for topic in site.topics for each in topic.changes]
    new = [each for each in map(_without_number, told) if each not in map(_without_number, known)]
    texts = [plan.correction] if plan.correction else []
    return (
        comparable(_without_changes(after)) == comparable(_without_changes(_drafted(site, plan)))
        and comparable(after.redirects.withdrawals) == comparable(plan.withdrawals)
        and after.redirects.leads == site.redirects.leads
        and len(told) == len(known) + len(texts)
        and [dict(each.text) for each in new] == [dict(text) for text in texts]
    )


def _without_number(change: Change) -> Change:
    return replace(change, number=None)


def _without_changes(site: Site) -> Site:
    return replace(site, topics=tuple(replace(topic, changes=()) for topic in site.topics))


def _drafted(site: Site, plan: Plan) -> Site:
    """Return a site of which some texts are drafts, or none."""

    def drafted(texts: Mapping[str, Summary]) -> Mapping[str, Summary]:
        return {
            code: replace(text, draft=plan.drafts.get(text.place.path, text.draft))
            for code, text in texts.items()
        }

    topics = [
        replace(
            topic,
            texts=drafted(topic.texts),
            articles=tuple(replace(a, summaries=drafted(a.summaries)) for a in topic.articles),
        )
        for topic in site.topics
    ]
    return replace(site, topics=tuple(topics), about=drafted(site.about))
