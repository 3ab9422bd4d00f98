"""Whether the libraries are installed that read pages of the web."""

from __future__ import annotations

from importlib.util import find_spec

from briefing.problems import Place, mistake

_LIBRARIES = ("lxml", "lxml_html_clean", "trafilatura")


def require_intake() -> None:
    """Do nothing if the extra `intake` is installed. Raises Problems with the cure otherwise."""
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        message = f"needs libraries that are not installed: {', '.join(missing)}"
        cure = 'install them: pip install "who-said-what[intake]"; in a clone of the project: '
        raise mistake(
            Place("new article"), message, f"{cure}pip install -r requirements-intake.txt"
        )
