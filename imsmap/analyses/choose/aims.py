"""To which edition a certificate is to be sought: what can still be certified by the day that is planned."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from imsmap.decision.rules import Case, due
from imsmap.library.editions import Milestone, Successor
from imsmap.parts import Side
from imsmap.values import frozen
from imsmap.wording import reported


@frozen
class Aim:
    """An edition to aim at. planned: by when a certificate is wanted, if that is known.

    why: in a sentence, where editions change. late: the edition at hand can no longer be certified by then.
    """

    side: str
    designation: str
    planned: datetime.date | None = None
    why: str = ""
    late: bool = False


def aims(
    standards: Mapping[str, Side],
    case: Case,
    today: datetime.date | None,
    older: Mapping[str, Sequence[Side]] = MappingProxyType({}),
) -> Mapping[str, Aim]:
    """Settle for each side to which edition its certificate is to be sought.

    older: editions from before that are at hand, too, the oldest first: whoever holds both is on the way.
    """
    return {
        side: _on_the_way(standards[side], older[side][-1], due(case, side), side)
        if older.get(side)
        else _aim(side, standards[side], due(case, side), today)
        for side in case.sides
    }


def _on_the_way(standard: Side, older: Side, planned: datetime.date | None, side: str) -> Aim:
    old, new = older.designation, standard.designation
    until = _until(older.successor) if older.successor is not None and older.successor.designation == new else ""
    why = f"{old} and {new} are both at hand, a transition and no choice: aim at {new}"
    return Aim(side, new, planned, f"{why}; certificates to the older are issued {until}." if until else f"{why}.")


def _aim(side: str, standard: Side, planned: datetime.date | None, today: datetime.date | None) -> Aim:
    next_ = standard.successor
    if next_ is None:
        return Aim(side, standard.designation, planned)
    old, new = standard.designation, next_.designation
    ahead = planned is not None and (today is None or planned >= today)
    day = planned if ahead else today
    if day is not None and day.isoformat()[: len(next_.published)] < next_.published:
        return Aim(side, old, planned, f"{new} will replace {old} ({next_.published}{reported(next_.confidence)}).")
    for milestone, words in (
        (next_.transition_ends, "the day from which no certificate to {old} counts"),
        (next_.last_certificates, "the last day for certificates to {old}"),
    ):
        if milestone is not None and behind(day, milestone):
            told = f"{milestone.date}, {words.format(old=old)}{reported(milestone.confidence)}"
            when = f"{day}, for which the certificate is planned," if ahead else "Today"
            return Aim(side, new, planned, f"{when} lies behind {told}: aim at {new}.", late=True)
    until = _until(next_)
    if ahead:
        why = f"By {day} a certificate to {old} can still be issued{f', {until}' if until else ''}; {new} replaces it."
        return Aim(side, old, planned, why)
    why = f"{new} ({next_.published}{reported(next_.confidence)}) replaces {old}: aim at the newer"
    return Aim(side, new, planned, f"{why}; certificates to the older are issued {until}." if until else f"{why}.")


def _until(next_: Successor) -> str:
    """Say until when certificates to the older edition are issued, and count."""
    last, end = next_.last_certificates, next_.transition_ends
    if last is None or end is None:
        return "" if last is None else f"until {last.date}{reported(last.confidence)}"
    if reported(last.confidence) == reported(end.confidence):
        return f"until {last.date}, and count until {end.date}{reported(end.confidence)}"
    return f"until {last.date}{reported(last.confidence)}, and count until {end.date}{reported(end.confidence)}"


def behind(day: datetime.date | None, milestone: Milestone) -> bool:
    """Tell whether a day lies behind a milestone, of which perhaps only the year or the month is known."""
    return day is not None and day.isoformat()[: len(milestone.date)] > milestone.date


def renewals(standards: Mapping[str, Side], case: Case) -> list[str]:
    """Say which certificates that are held can't be renewed to their edition, or end before the day that they bear."""
    found = []
    for one in case.held:
        standard = standards[one.side]
        next_ = standard.successor
        if next_ is None or one.until is None or next_.designation[-4:] in one.edition:
            continue
        end, last = next_.transition_ends, next_.last_certificates
        if end is not None and behind(one.until, end):
            found.append(
                f"The certificate to {standard.designation} until {one.until} ends before then: the transition to "
                f"{next_.designation} ends {end.date}{reported(end.confidence)}."
            )
        elif last is not None and behind(one.until, last):
            found.append(
                f"The certificate to {standard.designation} ends {one.until}, behind {last.date}, the last day for "
                f"certificates to it{reported(last.confidence)}: its renewal is to {next_.designation}."
            )
    return found
