"""Fixtures for all tests; here, and not in tests/, because they add an option to pytest."""

pytest_plugins = ["tests.fixtures"]
