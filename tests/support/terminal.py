"""A terminal in an empty folder, of somebody whom git knows and who has installed the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from briefing.commands.arguments import ROOT
from support.disk import plant

INSTALLED = f"""#!{sys.executable}
import sys
sys.path.insert(0, {str(ROOT)!r})
from briefing.commands.main import program
sys.exit(program())
"""
"""The command `who-said-what`, as an installer writes it."""


class Terminal:
    """Runs commands in the folder `there`, beside which its settings and caches are."""

    def __init__(self, folder: Path) -> None:
        self.there = folder / "there"
        self.there.mkdir()
        plant(folder, {"bin/who-said-what": INSTALLED.encode()})
        self.program = folder / "bin/who-said-what"
        self.program.chmod(0o755)
        settings = folder / "gitconfig"
        settings.write_text("[user]\nname = An\nemail = an@example.org\n")
        self._known = {
            "PATH": f"{self.program.parent}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": f"{settings}",
            "XDG_CACHE_HOME": f"{folder / 'cache'}",
            "XDG_STATE_HOME": f"{folder / 'state'}",
        }

    def run(self, script: str) -> str:
        """Run the lines of a script until one fails, which fails the test; give what they say."""
        done = subprocess.run(
            ["sh", "-e", "-c", script],
            cwd=self.there,
            env={**os.environ, **self._known},
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
