"""A lock that lets one build at a time write an output folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from briefing.problems import Place, mistake
from briefing.storage.system.folder_lock import NoLocksError, folder_lock
from briefing.storage.write_output import disk_errors_as_problems, refuse_unsafe_output


@contextmanager
def build_lock(output: Path, sources: Path, report: Callable[[str], object]) -> Iterator[None]:
    """Lock `output` for one build, from before the sources are read until it is written.

    The lock is on the parent folder; it ends with the process. `report` is called with a line of
    text if another build has the lock, before this one waits for it, or if the file system has no
    locks. Raises Problems if `sources` is no folder, or no site can be written to `output`.
    """
    if not sources.is_dir():
        raise mistake(Place(str(sources)), "no such folder", "name the folder of site.yaml")
    with ExitStack() as held:
        with disk_errors_as_problems(output):
            refuse_unsafe_output(output, sources)
            output.parent.mkdir(parents=True, exist_ok=True)
            waits = f"{output}: waiting for another build to finish"
            try:
                held.enter_context(folder_lock(output.parent, lambda: report(waits)))
            except NoLocksError:
                report(f"{output}: this file system has no locks; let no two builds run at once")
        yield
