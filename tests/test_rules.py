"""docs/rules.md, held to the code: every rule of the rule book is followed and tested, or says who follows it."""

import re
from functools import cache

from tests.support.documents import PACKAGES, ROOT, find_section, parse_table

RULE = re.compile(r"\bR-\d{3}\b")
GAPS = {*range(15, 20), *range(37, 40), *range(57, 60), *range(65, 70), 79, 118, 119}
"""Numbers that the rule book does not use."""
NUMBERS = {f"R-{number:03}" for number in range(1, 127) if number not in GAPS}


@cache
def find_cited(*folders: str) -> frozenset[str]:
    """The rules that code and data of some folders name."""
    files = (path for folder in folders for kind in ("*.py", "*.toml") for path in (ROOT / folder).rglob(kind))
    return frozenset(rule for path in files for rule in RULE.findall(path.read_text(encoding="utf-8")))


def list_rows(heading: str) -> list[tuple[str, ...]]:
    return [tuple(row) for row in parse_table(find_section("docs/rules.md", heading))]


FOLLOWED = list_rows("## Rules that the program follows")
LEFT = list_rows("## Rules that people follow")


def test_every_rule_of_the_rule_book_is_listed_once() -> None:
    listed = [row[0] for row in (*FOLLOWED, *LEFT)]
    assert len(NUMBERS) == 107
    assert sorted(listed) == sorted(NUMBERS)


def test_the_rules_that_the_program_follows_are_those_that_the_code_cites() -> None:
    assert {row[0] for row in FOLLOWED} == find_cited(*PACKAGES)


def test_every_rule_that_the_program_follows_is_cited_by_a_test() -> None:
    """The number of a rule leads to its test."""
    assert {row[0] for row in FOLLOWED} - find_cited("tests") == set()


def test_a_rule_that_is_left_to_people_says_why() -> None:
    assert [rule for rule, _, why in LEFT if len(why) < 20] == []
