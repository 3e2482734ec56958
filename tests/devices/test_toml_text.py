"""What is wrong with a TOML text, by its kind and its line."""

import pytest

from devices.faults import TomlFault
from devices.toml_text import TomlError, parse_toml

FAULTS = [
    ("a = 1\na = 2\n", 2, TomlFault.STANDS_TWICE),
    ("a = 1\na.b = 2\n", 2, TomlFault.STANDS_TWICE),
    ("[a]\n[b]\n[a]\n", 3, TomlFault.STANDS_TWICE),
    ("a = 1\n[a]\n", 2, TomlFault.STANDS_TWICE),
    ("[a]\n[[a]]\n", 2, TomlFault.STANDS_TWICE),
    ("[[a]]\n[a]\n", 2, TomlFault.STANDS_TWICE),
    ("a = [1]\n[[a]]\n", 2, TomlFault.STANDS_TWICE),
    ("a = {b = 1}\n[a.c]\n", 2, TomlFault.STANDS_TWICE),
    ("a = {b = 1, b = 2}\n", 1, TomlFault.STANDS_TWICE),
    ("[a.b]\nc = 1\n[a]\nb.d = 2\n", 4, TomlFault.STANDS_TWICE),
    ('a = "b\nc = 1\n', 1, TomlFault.TEXT_NOT_CLOSED),
    ("a = 'b\nc = 1\n", None, TomlFault.TEXT_NOT_CLOSED),
    ('a = "b', None, TomlFault.TEXT_NOT_CLOSED),
    ("a = 'b", None, TomlFault.TEXT_NOT_CLOSED),
    ('a = """b\nc', None, TomlFault.TEXT_NOT_CLOSED),
    ("a = '''b\nc", None, TomlFault.TEXT_NOT_CLOSED),
    ('a = "\x00"\n', 1, TomlFault.CONTROL_CHARACTER),
    ("# \x01\n", 1, TomlFault.CONTROL_CHARACTER),
    ("a = 1 # \x7f\n", 1, TomlFault.CONTROL_CHARACTER),
    ('a = "C:\\home"\n', 1, TomlFault.BACKSLASH),
    ('a = "\\u12"\n', 1, TomlFault.BACKSLASH),
    ('a = "\\ud800"\n', 1, TomlFault.BACKSLASH),
    ("a = [1, 2\nb = 3\n", 2, TomlFault.BRACKET_NOT_CLOSED),
    ("a = [1", None, TomlFault.BRACKET_NOT_CLOSED),
    ("a = {b = 1\n", 1, TomlFault.BRACKET_NOT_CLOSED),
    ("[a\nb = 1\n", 1, TomlFault.BRACKET_NOT_CLOSED),
    ("[[a]\nb = 1\n", 1, TomlFault.BRACKET_NOT_CLOSED),
    ("a = yes\n", 1, TomlFault.NO_VALUE),
    ("a =\n", 1, TomlFault.NO_VALUE),
    ("a = \u201cb\u201d\n", 1, TomlFault.NO_VALUE),
    ("a = 2026-02-30\n", 1, TomlFault.NO_VALUE),
    ("a = 8:00\n", 1, TomlFault.TEXT_BEHIND_VALUE),
    ("a = 1,000\n", 1, TomlFault.TEXT_BEHIND_VALUE),
    ("a = 1 b = 2\n", 1, TomlFault.TEXT_BEHIND_VALUE),
    ("a\n", 1, TomlFault.NO_STATEMENT),
    ("a: 1\n", 1, TomlFault.NO_STATEMENT),
    ("= 1\n", 1, TomlFault.NO_STATEMENT),
    ("\u5340 = 1\n", 1, TomlFault.NO_STATEMENT),
    ("a = " + "[" * 5000 + "]" * 5000, None, TomlFault.NESTED_TOO_DEEPLY),
    (f"a = {'9' * 5000}", None, TomlFault.NUMBER_TOO_LONG),
]


@pytest.mark.parametrize(("text", "line", "fault"), FAULTS, ids=range(len(FAULTS)))
def test_what_is_no_toml_has_a_kind_and_a_line(text: str, line: int | None, fault: TomlFault) -> None:
    with pytest.raises(TomlError) as refused:
        parse_toml(text)
    assert (refused.value.line, refused.value.fault.code) == (line, fault)


def test_every_kind_but_the_unknown_is_met() -> None:
    assert {fault for _, _, fault in FAULTS} == {*TomlFault} - {TomlFault.OTHER}


def test_a_byte_order_mark_before_a_file_is_skipped() -> None:
    assert parse_toml("\ufeffzone = 1") == {"zone": 1}
