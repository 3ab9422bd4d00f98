"""The family tree of claims: who repeats whom."""

from __future__ import annotations

from briefing.comparison.compare import compare_topic
from briefing.comparison.provenance import VoiceTree, voice_trees
from briefing.content.parse import parse_site


def of_topic(files: dict[str, bytes], topic: str) -> dict[str | None, VoiceTree]:
    briefing = parse_site(files)
    found = next(t for t in briefing.topics if t.id == topic)
    return {family.voice: family for family in voice_trees(compare_topic(found, briefing.voices))}


def told(family: VoiceTree) -> dict[tuple[str, ...], dict[str, int]]:
    """How many points each article tells of, by the relays it has them from."""
    return {
        branch.via: {leaf.article.id: leaf.points for leaf in branch.leaves}
        for branch in family.branches
    }


def test_a_voice_is_told_of_by_its_own_text_and_by_others(small: dict[str, bytes]) -> None:
    """What stands in a voice's own text without a credit is its own; others credit it."""
    family = of_topic(small, "river-talks")["ministry"]

    assert told(family) == {
        (): {"statement": 6, "gazette": 1, "river-daily": 1},
        ("wire",): {"gazette": 1},
    }
    points = {"began", "dams", "terms", "where", "wording", "fees", "next-date"}
    assert family.points == len(points)


def test_relays_stand_between_a_voice_and_an_article(small: dict[str, bytes]) -> None:
    """A claim `via` a voice is on a bough of its own, after the straight one."""
    boughs = of_topic(small, "river-talks")["ministry"].branches

    assert [bough.via for bough in boughs] == [(), ("wire",)]
    assert [twig.article.id for twig in boughs[1].leaves] == ["gazette"]


def test_what_credits_nobody_comes_last(real: dict[str, bytes]) -> None:
    """Voices come by how many points they are told of on, the articles' own words at the end."""
    found = list(of_topic(real, "trump-putin-call-2025-03").values())

    assert [family.voice for family in found[:2]] == ["kremlin", "white-house"]
    assert found[-1].voice is None
    named = [family.points for family in found[:-1]]
    assert named == sorted(named, reverse=True)


def test_the_own_text_of_a_voice_is_marked(real: dict[str, bytes]) -> None:
    """Of the articles that tell what the White House says, one is its own statement."""
    family = of_topic(real, "trump-putin-call-2025-03")["white-house"]

    twigs = [twig for bough in family.branches for twig in bough.leaves]
    assert [twig.article.id for twig in twigs if twig.own] == ["wh-statement"]
    assert {twig.article.id: twig.points for twig in twigs}["wh-statement"] == 16


def test_every_claim_is_in_the_tree(real: dict[str, bytes]) -> None:
    """Nothing that an article claims is left out: each article has each of its points somewhere."""
    briefing = parse_site(real)
    for topic in briefing.topics:
        found = voice_trees(compare_topic(topic, briefing.voices))
        for article in topic.articles:
            twigs = [t for f in found for b in f.branches for t in b.leaves if t.article is article]
            assert sum(t.points for t in twigs) >= len({claim.point for claim in article.claims})
