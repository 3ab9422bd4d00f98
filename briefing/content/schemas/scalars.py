r"""JSON Schemas of scalars: what the readers of texts, ids, dates and addresses take.

An editor reads YAML by the core schema of version 1.2, where `30` is a number and `true` is no
text, so every type is taken that a scalar may have there. Patterns are of the part of ECMA-262
that Python reads alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from briefing.content.articles import all_points
from briefing.content.claims.locator import MAX_GLOSS_WORDS, is_unspaced
from briefing.content.claims.said import period
from briefing.content.fields import (
    MAX_ID_BYTES,
    contact,
    country,
    day,
    domain,
    identifier,
    language_tag,
    moment,
    site_address,
    time_zone,
    web_address,
)
from briefing.content.points import core_option
from briefing.content.redirects import withdrawn_id
from briefing.content.site import locale
from briefing.content.terms.read import form
from briefing.content.texts import digest, whole_digest
from briefing.content.values import DAY, MINUTE, MONTH, QUANTITY, SIGN, THOUSANDS, YEAR, YEARS
from briefing.syntax.cldr import all_units, country_names, time_zone_names
from briefing.syntax.file_names import WINDOWS_DEVICE_NAMES
from briefing.syntax.nodes import text, token
from briefing.syntax.urls import MAX_ADDRESS

Schema = dict[str, Any]
"""A JSON Schema, of draft 7: https://json-schema.org/draft-07."""

NO_TEXT: Schema = {"not": {"type": ["string", "object", "array", "null"]}}
"""Of any other scalar. If its types were named, an editor would offer `true` and `false`."""
_ID_SIGN = r"[^\u0000-\u002f\u003a-\u0060\u007b-\u00a0\u2000-\u200f\u2028-\u202f]"
"""A character of an id, and those of other scripts: which of them are letters is not said."""
ID = rf"(?!(?:{'|'.join(sorted(WINDOWS_DEVICE_NAMES))})\s*$){_ID_SIGN}+(?:-{_ID_SIGN}+)*"
"""The pattern of an id."""
OLD_ID = rf"{ID}(?:/{ID})?"
"""The pattern of the id of a topic, or of a topic and an article."""
_NOT_IN_URL = r"\s<>\"`\\^{|}"
_URL = rf"[Hh][Tt][Tt][Pp][Ss]?://[^/?#@{_NOT_IN_URL}]+(?:[/?#][^{_NOT_IN_URL}]*)?"
_MAIL = r"[Mm][Aa][Ii][Ll][Tt][Oo]:[A-Za-z0-9_.%+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+"
_TAG = r"(?![Uu][Nn][Dd])[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"


def _ecma(pattern: re.Pattern[str]) -> str:
    """Return a pattern of ours as ECMA-262 writes it, whose groups have no such names."""
    return re.sub(r"\?P<\w+>", "", pattern.pattern).replace(r"\d", "[0-9]")


_MOMENT = f"(?:{'|'.join(map(_ecma, (YEAR, MONTH, DAY, MINUTE)))})"
ANY_TEXT: Schema = {"anyOf": [{"type": "string", "pattern": r"\S"}, NO_TEXT]}
"""Of a text that is not empty."""
_ID_TEXT: Schema = {"type": "string", "pattern": rf"^\s*{ID}\s*$", "maxLength": MAX_ID_BYTES}
ANY_ID: Schema = {"anyOf": [_ID_TEXT, NO_TEXT]}
"""Of an id."""


def matching(pattern: str, *types: str) -> Schema:
    """Return the schema of texts that match, with spaces around them or without.

    types: what an editor may read such a text as, beside a text.
    """
    return {"type": ["string", *types], "pattern": rf"^\s*(?:{pattern})\s*$"}


def spellings(name: str) -> list[Any]:
    """Return a text, and what an editor reads where it stands without quotes, if that is no text.

    https://yaml.org/spec/1.2.2/#1032-tag-resolution
    """
    if name in ("true", "false"):
        return [name, name == "true"]
    if re.fullmatch(r"[-+]?[0-9]+", name):
        return [name, int(name)]
    if re.fullmatch(r"0x[0-9a-f]+|0o[0-7]+", name):
        return [name, int(name, 0)]
    if re.fullmatch(r"[0-9]+e[-+]?[0-9]{1,2}", name):
        return [name, float(name)]
    return [name]


def choice(name: str, about: str = "") -> Schema:
    """Return the schema of one name, and what an editor shows of it; "" for nothing."""
    written = spellings(name)
    taken = {"enum": written} if len(written) > 1 else {"const": name}
    return {**taken, "description": about} if about else taken


@cache
def scalar_schemas() -> Mapping[Callable[..., object], Schema]:
    """Return the schema of what each reader of scalars takes."""
    tag = matching(_TAG)
    years = {"minimum": YEARS.start, "maximum": YEARS.stop - 1}
    return {
        text: ANY_TEXT,
        token: ANY_TEXT,
        whole_digest: ANY_TEXT,
        identifier: ANY_ID,
        core_option: ANY_ID,
        withdrawn_id: matching(rf"{OLD_ID}(?:\.{ID})?", "number", "boolean"),
        day: matching(_ecma(DAY)),
        form: ANY_TEXT,
        moment: {**matching(_MOMENT, "integer"), **years},
        period: {**matching(rf"{_MOMENT}(?:\s*\.\.\s*{_MOMENT})?", "integer"), **years},
        web_address: {**matching(_URL), "maxLength": MAX_ADDRESS},
        site_address: {
            **matching(rf"(?=[^?#]*/\s*$)(?![^:]+://.*/\.?\.?/){_URL}"),
            "maxLength": MAX_ADDRESS,
        },
        contact: {**matching(f"{_URL}|{_MAIL}"), "maxLength": MAX_ADDRESS},
        domain: matching(rf"[^/:?#@{_NOT_IN_URL}]+\.[^/:?#@{_NOT_IN_URL}]+"),
        language_tag: tag,
        locale: tag,
        country: {"anyOf": [choice(code, name) for code, name in country_names().items()]},
        time_zone: {"enum": list(time_zone_names())},
        digest: digits(8),
        all_points: {"const": "all"},
    }


def digits(count: int) -> Schema:
    """Return the schema of so many hexadecimal digits."""
    return matching(f"[0-9a-f]{{{count}}}", "number")


def quantity() -> Schema:
    """Return the schema of a number or a duration in a claim."""
    no_range, no_doubt = rf"(?!(?:{SIGN}).*\.\.)", f"(?!.*{_ecma(THOUSANDS)})"
    return matching(f"{no_range}{no_doubt}{_ecma(QUANTITY)}", "number")


def unit(*, of_time: bool) -> Schema:
    """Return the schema of the name of a unit of CLDR. of_time: only of time."""
    return {"enum": list(all_units(of_time=of_time))}


def gloss(language: str) -> Schema:
    """Return the schema of a gloss in a language (BCP 47)."""
    if is_unspaced(language):
        return ANY_TEXT
    return matching(rf"\S+(?:\s+\S+){{0,{MAX_GLOSS_WORDS - 1}}}", "number", "boolean")
