"""The fewest sessions that meet every need, proved by a solver, with needs that no fewer sessions meet.

A need is met by so many sessions of certain kinds. That is an integer programme, which HiGHS solves exactly. Its
package `highsbox` brings the solver alone; `highspy`, the other one, brings numpy, ten times as large, which every
command that reads a workbook would then load, too, as openpyxl takes it wherever it is there.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from imsmap.values import frozen

_OPTIMAL = 7
"""What HiGHS says where it has proved that nothing is better."""
_INTEGER = 1
_BY_ROW = 2
_LIBRARIES = ("lib/libhighs.so", "lib/libhighs.dylib", "bin/highs.dll")


@frozen
class Need:
    """What has to be met: by at least `count` sessions of these kinds."""

    name: str
    kinds: frozenset[str]
    count: int = 1


@frozen
class Bound:
    """Needs that no fewer than so many sessions meet; apart: no kind of session serves two of them."""

    sessions: int
    needs: tuple[str, ...]
    apart: bool


@frozen
class Cover:
    """How many sessions of each kind meet all needs with the fewest sessions, and why fewer do not."""

    counts: Mapping[str, int]
    bound: Bound

    @property
    def sessions(self) -> int:
        """How many sessions these are."""
        return sum(self.counts.values())


def fewest(needs: Iterable[Need]) -> Cover:
    """Meet all needs with the fewest sessions; ValueError where a need has no kind that meets it."""
    wanted = [need for need in needs if need.count > 0]
    unmet = [need.name for need in wanted if not need.kinds]
    if unmet:
        raise ValueError(f"nothing meets {', '.join(unmet)}")
    hardest = _hardest(wanted)
    counts = _solved(hardest)
    return Cover(counts, _bound(hardest, sum(counts.values())))


def _hardest(needs: Iterable[Need]) -> list[Need]:
    """Leave out needs that are met wherever another is."""
    most: dict[frozenset[str], Need] = {}
    for need in needs:
        held = most.get(need.kinds)
        if held is None or need.count > held.count:
            most[need.kinds] = need
    found: list[Need] = []
    for need in sorted(most.values(), key=lambda need: (len(need.kinds), need.name)):
        if not any(one.kinds <= need.kinds and one.count >= need.count for one in found):
            found.append(need)
    return found


def _bound(needs: Sequence[Need], sessions: int) -> Bound:
    """Find needs that no fewer sessions meet: such as share no kind, else such of which none can be left out."""
    for first in (None, *needs):
        apart = list(_apart(needs if first is None else (first, *needs)))
        if sum(need.count for need in apart) == sessions:
            return Bound(sessions, tuple(need.name for need in apart), True)
    found = list(needs)
    for need in reversed(needs):
        without = [one for one in found if one is not need]
        if sum(_solved(without).values()) == sessions:
            found = without
    return Bound(sessions, tuple(need.name for need in found), False)


def _apart(needs: Iterable[Need]) -> Iterator[Need]:
    taken: set[str] = set()
    for need in needs:
        if taken.isdisjoint(need.kinds):
            taken |= need.kinds
            yield need


# --- the solver -------------------------------------------------------------------------------------------------------


def _solved(needs: Sequence[Need]) -> dict[str, int]:
    """Let HiGHS say how many sessions of each kind there are, and look whether they meet every need."""
    kinds = sorted({kind for need in needs for kind in need.kinds})
    if not kinds:
        return {}
    place = {kind: number for number, kind in enumerate(kinds)}
    rows = [sorted(place[kind] for kind in need.kinds) for need in needs]
    columns, size = len(kinds), sum(map(len, rows))
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    values, used, status = (ctypes.c_double * columns)(), (ctypes.c_double * len(rows))(), ctypes.c_int(0)
    most = float(sum(need.count for need in needs))
    _solver().Highs_mipCall(
        columns, len(rows), size, _BY_ROW, 1, ctypes.c_double(0.0),
        _numbers([1.0] * columns), _numbers([0.0] * columns), _numbers([most] * columns),
        _numbers([float(need.count) for need in needs]), _numbers([most * columns] * len(rows)),
        _wholes(starts[:-1]), _wholes([number for row in rows for number in row]), _numbers([1.0] * size),
        _wholes([_INTEGER] * columns), values, used, ctypes.byref(status),
    )  # fmt: skip
    counts = Counter({kind: round(values[number]) for number, kind in enumerate(kinds) if round(values[number])})
    if status.value != _OPTIMAL or any(sum(counts[kind] for kind in need.kinds) < need.count for need in needs):
        raise RuntimeError(f"HiGHS solved no programme of {len(needs)} needs; it says {status.value}")
    return dict(counts)


def _numbers(values: Sequence[float]) -> ctypes.Array[ctypes.c_double]:
    return (ctypes.c_double * len(values))(*values)


def _wholes(values: Sequence[int]) -> ctypes.Array[ctypes.c_int]:
    return (ctypes.c_int * len(values))(*values)


@cache
def _solver() -> ctypes.CDLL:
    """Load HiGHS: where it is used, since it takes longer than most commands."""
    import highsbox

    folder = Path(highsbox.highs_dist_dir())
    return ctypes.CDLL(str(next(folder / name for name in _LIBRARIES if (folder / name).is_file())))
