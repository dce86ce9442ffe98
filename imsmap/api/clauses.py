"""Clauses as people write them; apart from the library, so that who names only standards does not load its grammar."""

from __future__ import annotations

from imsmap.library.citations import Citations, Cited, citations, cited, standard_of

__all__ = ["Citations", "Cited", "citations", "cited", "standard_of"]
