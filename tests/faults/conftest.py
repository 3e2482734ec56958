"""The table at the end of the fault tests."""

import pytest

from tests.faults.result_table import FAULT_RESULTS, format_table


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if FAULT_RESULTS:
        terminalreporter.write_sep("-", "faults")
        terminalreporter.write_line(format_table())
