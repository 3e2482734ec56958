"""The tables at the end of the fault tests."""

import pytest

from tests.faults.result_table import ATTACK_HEADINGS, ATTACK_RESULTS, FAULT_HEADINGS, FAULT_RESULTS, format_table


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name, headings, results in (
        ("faults", FAULT_HEADINGS, FAULT_RESULTS),
        ("attacks", ATTACK_HEADINGS, ATTACK_RESULTS),
    ):
        if results:
            terminalreporter.write_sep("-", name)
            terminalreporter.write_line(format_table(headings, results))
