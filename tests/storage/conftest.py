"""What tests of the disk share."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.commands.build import build_to_disk
from support.built import DAY, order, settle
from support.disk import plant
from support.sites import Sources


@pytest.fixture
def project(tmp_path: Path, small: Sources, state: Path) -> Path:
    """A project that this user has built."""
    folder = tmp_path / "project"
    plant(folder, small)
    settle()
    build_to_disk(order(folder, DAY))
    return folder
