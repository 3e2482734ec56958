"""Lines about what the unit writes down: what they refuse, and with which sentence."""

from pathlib import Path
from typing import Any

from tests.kiosk.conftest import Apply, list_topics
from tests.support.kiosk_program import ANNS_UNIT_LINES, line

BY = {"by": "lin", "reason": "on paper"}
REFUSED: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("describe_duty", {"shift": "S1"}, "names neither `item` nor `content`"),
    ("describe_duty", {"item": "0130"}, "must name exactly one"),
    ("describe_duty", {"item": "0130", "shift": "S1", "event": "E1"}, "must name exactly one"),
    ("describe_duty", {"item": "0130", "shift": "S9"}, "there is no shift S9"),
    ("describe_duty", {"item": "王小明的班", "shift": "S1"}, "has the name of a volunteer in it"),
    ("describe_post", {"post": "desk", "item": "0130", "from": "2026-11-19"}, "`content`"),
    ("describe_post", {"post": "desk", "item": None, "content": None}, "`from`"),
    ("describe_post", {"post": "王小明的班", "item": None, "content": None, "from": "2026-11-19"}, "has the name of"),
    ("record_served_count", {"count": 1}, "must name exactly one"),
    ("record_served_count", {"count": 1, "on": "2026-11-19", "shift": "S1"}, "must name exactly one"),
    ("record_served_count", {"on": "2026-11-19"}, "`count`"),
    ("record_served_count", {"count": -1, "on": "2026-11-19"}, "`count`"),
    ("record_served_count", {"count": 1, "on": "2026-11-20"}, "begins at 2026-11-20 04:00"),
    ("terminate_plan", {"plan": "P9", "on": "2026-12-01"}, "there is no plan P9"),
    ("elect_leader", {"volunteer": "V009", "role": "leader", "from": "2026-11-19"}, "there is no volunteer V009"),
    ("elect_leader", {"volunteer": "V001", "role": "chief", "from": "2026-11-19"}, "`role`"),
    ("end_leader_term", {"role": "leader", "from": "2026-11-19", "on": "2026-11-20"}, "no election of a leader begins"),
    ("end_leader_term", {"role": "leader", "from": "2026-11-19"}, "`on`"),
    ("withdraw_election", {"role": "leader", "from": "2026-11-19"}, "no election of a leader begins"),
)
SIGNED = ("terminate_plan", "end_leader_term", "withdraw_election")


def test_a_line_that_cannot_be_is_refused_with_a_sentence(simulation: Path, apply: Apply) -> None:
    rename = line("change_person", "2026-11-19T08:30", volunteer="V001", name="王小明", by="lin")
    assert apply(simulation, *ANNS_UNIT_LINES, rename).err == ""
    before = list_topics(simulation)
    lines = [
        line(do, "2026-11-19T17:00", **fields, **(BY if do in SIGNED else {"by": "lin"})) for do, fields, _ in REFUSED
    ]
    ended = apply(simulation, *lines, options=("--keep-going",))
    said = [text for text in ended.err.splitlines() if "day.jsonl:" in text]
    assert ended.status in (1, 2)
    assert [sentence for (*_, sentence), text in zip(REFUSED, said, strict=True) if sentence not in text] == []
    assert set(list_topics(simulation)[len(before) :]) <= {"refused-commands.command-refused"}
