"""Integrated management system mapping: what ISO management system standards share, and what they do not."""

__version__ = "0.1.0"
