"""What was named -> why it cannot be hidden or withdrawn, and what readers would find."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from briefing.commands.visibility.named_texts import NamedTexts
from briefing.content.classify import ABOUT_STEM
from briefing.problems import Place, Problem


def refused_hiding(chosen: NamedTexts, verb: str, going: Collection[str] = ()) -> Iterator[Problem]:
    """Yield why a text in one language cannot go without the others; nothing for all languages.

    verb: `hide` or `withdraw`, which the cure names. going: the paths of texts that go with it.
    """
    if not chosen.language:
        return
    text = chosen.versions[chosen.language]
    others = [
        each
        for code, each in chosen.versions.items()
        if code != chosen.language and not each.draft and each.place.path not in going
    ]
    whole = f"`{verb} {chosen.id}` does that to all of it"
    if others and text is chosen.lead and chosen.article:
        count = len(chosen.article.claims)
        message = (
            f"it has the facts of `{chosen.id}`: without it readers find nothing of the article, "
            f"in no language, and none of its {count} claim{'s' * (count != 1)}"
        )
        yield Problem(text.place, message, whole)
        return
    made_of_it = [each for each in others if each.translates == chosen.language]
    for each in made_of_it:
        message = f"{each.place.path} is translated from it, and readers would find that alone"
        cure = f"{whole}; or `{verb} {each.place.path}` first"
        yield Problem(text.place, message, cure)


def refused_withdrawing(chosen: NamedTexts) -> Iterator[Problem]:
    """Yield why something cannot be withdrawn: as for `refused_hiding`, and what has no id."""
    if chosen.id == ABOUT_STEM:
        message = "the page on the site itself is no topic: its address stays"
        yield Problem(
            Place(f"content/{ABOUT_STEM}"), message, f"`hide {ABOUT_STEM}` hides its text"
        )
        return
    others = [code for code, text in chosen.versions.items() if not text.draft]
    if chosen.language and others in ([], [chosen.language]):
        message = f"it is the only text of `{chosen.id}` that readers find"
        cure = f"`withdraw {chosen.id}` withdraws all of it"
        yield Problem(chosen.versions[chosen.language].place, message, cure)
        return
    yield from refused_hiding(chosen, "withdraw")
