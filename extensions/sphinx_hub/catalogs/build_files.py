"""The files that a build leaves beside the doctrees, for those who come after it."""

from __future__ import annotations

from typing import Final

#: How many pages and messages there are.
REPORT: Final = "hub-report.json"
#: What was read outside of the project.
INPUTS: Final = "hub-read.json"
