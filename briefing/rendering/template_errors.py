"""An exception in a template -> a problem at the line of the template."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import jinja2

from briefing.model.theme import TEMPLATES, THEME
from briefing.problems import Place, Problems, mistake
from briefing.rendering.i18n import UnknownWordError


@contextmanager
def as_problems(path: str) -> Iterator[None]:
    """Turn an exception of a template in the `with` block into a problem at its line.

    path: that of the page or template being made, named in the cure. An exception of the program
    itself passes unchanged. Raises Problems.
    """
    try:
        yield
    except Problems:
        raise
    except jinja2.TemplateSyntaxError as error:
        place = Place(error.filename or path, error.lineno)
        raise mistake(place, str(error.message), _cure(path, place)) from None
    except jinja2.TemplateNotFound as error:
        place = _place_in_template(error) or Place(path)
        raise mistake(place, f"no template `{error.name}`", _cure(path, place)) from None
    except (jinja2.UndefinedError, UnknownWordError, AttributeError) as error:
        if isinstance(error, AttributeError) and _is_bug(error):
            raise
        place = _place_in_template(error) or Place(path)
        raise mistake(place, str(error), _cure(path, place)) from None
    except RecursionError:
        raise mistake(Place(path), "is nested too deep", "take it apart") from None
    except Exception as error:
        where = _place_in_template(error)
        if where is None or _is_bug(error):
            raise
        message = f"{type(error).__name__}: {error}"
        raise mistake(where, message, _cure(path, where)) from None


def _cure(path: str, place: Place) -> str:
    """Return the cure for a mistake of a template, found while the file at `path` was made."""
    if place.path.startswith(THEME):
        return (
            "a file of templates/ or content/ does not give it what it takes: "
            "`override PATH --diff` compares a template with the theme's; "
            f"it was found while making {path}"
        )
    return f"mend the template there; it was found while making {path}"


def _is_bug(error: Exception) -> bool:
    """Whether an error was raised in our own code: that is a bug, and no fault of the template."""
    *_, (frame, _line) = traceback.walk_tb(error.__traceback__)
    return str(frame.f_globals.get("__name__")).startswith("briefing.")


def _place_in_template(error: Exception) -> Place | None:
    """Return the innermost line of a template in the traceback of an error, or None."""
    frames = traceback.extract_tb(error.__traceback__)
    inner = (f for f in reversed(frames) if f.filename.startswith((TEMPLATES, THEME)))
    frame = next(inner, None)
    return Place(frame.filename, frame.lineno or 1) if frame else None
