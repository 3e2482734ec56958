"""`kiosk erase`: a person is forgotten everywhere in the home, the hours stay, and no restore brings them back."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from domain.act import Act
from domain.ids import SYSTEM, simulated_volunteer_id
from kiosk.backups.backup import back_up
from kiosk.backups.folder import backups_in
from kiosk.erasing.erasure import Erasing, carry_on
from kiosk.erasing.ledger import Erasure, enter, ledger_of
from kiosk.home import Home
from tests.kiosk.conftest import Apply, topics_in
from tests.support.kiosk_program import ANN_ENROLLED, ANNS_CARD_ISSUED, ANNS_SHIFT, OPENED, Ended, kiosk, line
from tests.support.terminal import Terminal

ANN = simulated_volunteer_id("V001-of-ann")
GOES_ON_AS = f"erased-{ANN.hex[:8]}"
CARD = "04000000000001"
OF_ANN = {"volunteer": "V001-of-ann"}
OF_THE_PERSON = (
    "V001-of-ann",
    "王小明",
    "1950-02-03",
    "her mother is in hospital",
    "seen leaving by the neighbour",
    "moves to another town",
    "found under her desk",
    "certificate 4711",
    "said she could not go on",
)
ERASED_AT = datetime(2026, 12, 2, 1, 0, tzinfo=UTC)
READS = ("visits", "duties", "hours", "absences", "exits")

A_SERVICE = (
    OPENED,
    {**ANN_ENROLLED, **OF_ANN, "name": "王小明", "birth_date": "1950-02-03", "language": "vi"},
    line("enrol_volunteer", volunteer="V002", mode="rostered", agreement_from="2026-11-19", name="陳大文"),
    {**ANNS_CARD_ISSUED, **OF_ANN, "at": "2026-11-19T08:00", "recorded_at": "2026-11-19T08:00"},
    line("issue_card", volunteer="V002", card="04000000000002"),
    line("revoke_card", card="04000000000002", reason="lost by the other one"),
    line("issue_card", card="04000000000002", **OF_ANN),
    line("revoke_card", card="04000000000002", reason="found under her desk"),
    line("complete_training", kind="basic", on="2024-01-10", certificate="certificate 4711", **OF_ANN),
    {**ANNS_SHIFT, "volunteers": ["V001-of-ann"]},
    line("tap", "2026-11-19T09:00", card=CARD),
    line("tap", "2026-11-20T09:00", card=CARD),
    line(
        "close_visit",
        "2026-11-20T10:00",
        check_in="2026-11-19T09:00",
        check_out="2026-11-19T12:00",
        reason="seen leaving by the neighbour",
        by="lin",
        **OF_ANN,
    ),
    line("record_assessment", "2026-11-21T09:00", period_end="2026-10-31", score=40, **OF_ANN),
    line("reconcile", "2026-11-23T05:00", date="2026-11-22"),
)
ENDED = line("end_agreement", "2026-12-01T09:00", on="2026-12-01", reason="moves to another town", **OF_ANN)
THE_NEXT_DAY = line("tap", "2026-12-02T09:00", card="04000000009999")
