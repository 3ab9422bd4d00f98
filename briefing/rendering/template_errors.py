"""What goes wrong in a template -> a problem at its line."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import jinja2

from briefing.problems import Place, Problems, mistake
from briefing.rendering.i18n import UnknownWordError
from briefing.rendering.template_files import TEMPLATES


@contextmanager
def as_problems(making: str) -> Iterator[None]:
    """Turn what is wrong in a template into a problem at the line that has it."""
    try:
        yield
    except Problems:
        raise
    except jinja2.TemplateSyntaxError as error:
        place = Place(error.filename or making, error.lineno)
        raise mistake(place, str(error.message), f"while making {making}") from None
    except jinja2.TemplateNotFound as error:
        place = _place_in_template(error) or Place(making)
        raise mistake(place, f"no template `{error.name}`", f"while making {making}") from None
    except (jinja2.UndefinedError, UnknownWordError, AttributeError) as error:
        if isinstance(error, AttributeError) and _is_ours(error):
            raise
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
