"""The table at the end of the fault tests."""

import pytest

from tests.faults.tally import TRIED, table


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if TRIED:
        terminalreporter.write_sep("-", "faults")
        terminalreporter.write_line(table())
