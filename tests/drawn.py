"""Tests with drawn values: how many they try."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

times = 1
"""How many times as many values are tried as usual; tests/fixtures.py sets it when a run begins."""


def tried(usual: int) -> int:
    """Say how many values a test tries: as many as usual, or with --all many times over."""
    return usual * times


def begin(*, everything: bool) -> None:
    """Set what all such tests have in common: none depends on how fast the machine is just now."""
    global times
    times = 10 if everything else 1
    settings.register_profile("imsmap", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("imsmap")
