"""Numbers that no rule can reckon with: not a number, endless, enormous, negative; in every place that takes one."""

from pathlib import Path

import pytest
from msgspec import inspect

from domain.policy import PARAMETERS, Policy
from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, AttackResult
from tests.support.kiosk_program import ANNS_UNIT_LINES, run_kiosk, write_batch

ABSURD = ["NaN", "Infinity", "-Infinity", "1e308", "1e999", "-1", "-1e-300", "1" + "0" * 30, "9223372036854775808"]
LINES = [
    '{"do":"complete_training","at":"2026-11-19T09:00","volunteer":"V001","kind":"basic","on":"2026-01-01","hours":%s}',
    '{"do":"record_assessment","at":"2026-11-19T09:00","volunteer":"V001","period_end":"2026-06-30","score":%s}',
    '{"do":"correct_clock","at":"2026-11-19T09:00","kiosk":"entrance","boot":"b","seconds":%s,"by":"lin","reason":"r"}',
    '{"do":"import_calendar","at":"2026-11-19T09:00","year":%s}',
    '{"do":"open_unit","at":"2026-11-19T09:00","name":"U","kind":"public","opens":[{"days":[%s],"from":"08:00","to":"17:00"}]}',
]
NEGATIVE_MAY_BE = "correct_clock"
"""A clock may be wrong in both directions."""


def list_policy_lines() -> list[str]:
    """A line for each parameter that is a number."""
    info = inspect.type_info(Policy)
    assert isinstance(info, inspect.StructType)
    numbers = (inspect.IntType, inspect.FloatType)
    names = [
        field.name
        for field in info.fields
        if any(isinstance(kind, numbers) for kind in getattr(field.type, "types", (field.type,)))
    ]
    assert set(names) < set(PARAMETERS)
    head = '{"do":"adopt_policy","at":"2026-11-19T09:00","effective_from":"2026-11-20",'
    return [f'{head}"{name}":%s}}' for name in names]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Home.make(tmp_path / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(tmp_path / "unit.jsonl", *ANNS_UNIT_LINES), "--home", tmp_path / "home").out
    return tmp_path / "home"


def test_no_line_takes_a_number_that_no_rule_can_reckon_with(home: Path) -> None:
    lines = [
        template % number
        for template in (*LINES, *list_policy_lines())
        for number in ABSURD
        if not (NEGATIVE_MAY_BE in template and number == "-1")
    ]
    ended = run_kiosk("apply", "--keep-going", write_batch(home.parent / "numbers.jsonl", *lines), "--home", home)
    believed = int(ended.out.split()[0])
    refused = len(lines) - believed
    ATTACK_RESULTS.append(AttackResult("absurd numbers in batch lines", len(lines), refused, believed))
    assert (believed, ended.err.count("\n"), ended.status) == (0, len(lines), 2)
    assert run_kiosk("hours", "--home", home).status == 0


OPTIONS = [
    ("readers", "watch", "/dev/null", "--for"),
    ("backup", "--keep"),
    ("demo", "--days"),
    ("roster", "--speed"),
]


def test_no_option_takes_a_number_that_no_rule_can_reckon_with(home: Path) -> None:
    numbers = ["nan", "inf", "-inf", "1e308", "-1", "1" + "0" * 30]
    tried = [(*option, number) for option in OPTIONS for number in numbers]
    ended = [
        run_kiosk(*arguments, "--home", home) if arguments[0] != "demo" else run_kiosk(*arguments)
        for arguments in tried
    ]
    refused = [result.status == 2 and "Traceback" not in result.err for result in ended]
    ATTACK_RESULTS.append(AttackResult("absurd numbers in options", len(tried), sum(refused), refused.count(False)))
    assert [arguments for arguments, fits in zip(tried, refused, strict=True) if not fits] == []
