"""Prepare the mapping data when a wheel is built; the YAML files stay the only source."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Prepared(BuildHookInterface[Any]):
    """Put beside the YAML files of a wheel what they say, prepared for loading."""

    _folder = ""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Prepare the data, unless the installation only points here, where the YAML files may change."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from imsmap.library.load.prepared import NAME
            from imsmap.library.load.preparing import prepare
        finally:
            sys.path.remove(self.root)
        self._folder = tempfile.mkdtemp(prefix="imsmap-")
        folder = Path(self._folder)
        for name in prepare(Path(self.root, "mappings"), folder):
            build_data["force_include"][str(folder / name)] = f"imsmap/{NAME}/{name.as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's names
        """Take away what was prepared: it is in the wheel."""
        if self._folder:
            shutil.rmtree(self._folder)
