"""JSON, the stable contract: `analysis`, `version` and `data_version`, then the answer."""

from __future__ import annotations

import json

from imsmap import about
from imsmap.report import Report

ABOUT = about.Format(suffix=".json", holds=("answers",), place=20)

# JSON allows these as they are, but a terminal would obey them.
_ESCAPED = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}


def export(report: Report[object]) -> bytes:
    """Write a report's answer as UTF-8 JSON, indented by two, in the report's own order."""
    answer = {
        "analysis": report.analysis,
        "version": report.version,
        "data_version": report.data_version,
        **report.json,
    }
    text = json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False)
    return (text.translate(_ESCAPED) + "\n").encode("utf-8", "replace")
