"""The kinds of file that help to choose and to integrate standards, as they are written.

Apart from the others, for most commands read none of them.
"""

# Annotations are values here, no texts: whoever reads the library asks for each, and need not compile it first.

from imsmap.library.guides import (
    AuditTimeCap,
    Candidate,
    Comparison,
    Criterion,
    Family,
    IntegrationCriterion,
    UsualWord,
)
from imsmap.values import frozen


@frozen
class IntegrationFile:
    """`integration.yaml`: signs of the level of integration."""

    author: str
    confidence: float
    source: str
    cap: AuditTimeCap
    criteria: tuple[IntegrationCriterion, ...]


@frozen
class ChoosingFile:
    """`choose.yaml`: what is weighed to choose which standard comes first."""

    author: str
    confidence: float
    source: str
    sides: tuple[Candidate, ...]
    criteria: tuple[Criterion, ...]


@frozen
class FamiliesFile:
    """`families.yaml`: which standards belong together by name."""

    author: str
    confidence: float
    source: str
    families: tuple[Family, ...]
    comparisons: tuple[Comparison, ...] = ()


@frozen
class WordsFile:
    """`words.yaml`: what people say for what stands in the standards."""

    author: str
    confidence: float
    source: str
    words: tuple[UsualWord, ...]
