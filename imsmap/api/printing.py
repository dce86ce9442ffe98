"""Workbooks as PDF, printed by LibreOffice where it is there."""

from __future__ import annotations

from imsmap.exporters.excel import PRINT as PRINT
from imsmap.office import missing as missing
from imsmap.office import printed as printed
