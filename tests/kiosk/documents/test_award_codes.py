"""The codes of lists of candidates: what they rest on is the log and the award catalogue, and no person (R-080)."""

import json
from pathlib import Path

import pytest

from kiosk.documents.awards import AWARD_LIST
from kiosk.documents.digest import compute_digest
from kiosk.documents.source import open_source
from kiosk.home import Home
from kiosk.home_files import CATALOGUE_FILE
from tests.support.home_entrance import ANNS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import ProgramResult, line, run_kiosk, write_batch

YEARS = {"from": "2015-01-01", "to": "2026-10-31", "document": "紀錄冊", "by": "lin"}
TRAINED = {"on": "2024-01-10", "volunteer": "V001"}
AT = "2026-11-19"
EASIER = """
[[award]]
id = "honor-card"
name = "榮譽卡"
name_en = "Honor card"
organiser = "x"
source = "x"
effective_from = 2020
hours_min = 250
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ann, born in 1950, served for 3,000 hours, as documents say, and three more; her agreement has ended since."""
    folder = tmp_path_factory.mktemp("codes")
    Home.make(folder / "home", simulation=True).close()
    story = (
        line("change_person", "2026-11-10T10:00", volunteer="V001", birth_date="1950-01-01", by="lin"),
        line("complete_training", "2026-11-10T10:00", kind="basic", **TRAINED),
        line("complete_training", "2026-11-10T10:00", kind="special", category="戶政", **TRAINED),
        line("tap", "2026-11-19T09:00", card=ANNS_CARD_NUMBER),
        line("tap", "2026-11-19T12:00", card=ANNS_CARD_NUMBER),
        line("attest_hours", "2026-11-19T13:00", volunteer="V001", hours=3000, unit="圖書館", city="臺北市", **YEARS),
        line("attest_seniority", "2026-11-19T13:01", volunteer="V001", **YEARS),
        line("end_agreement", "2026-11-20T09:00", volunteer="V001", on="2026-11-20", reason="x"),
        line("reconcile", "2026-11-23T09:00", date="2026-11-20"),
    )
    assert run_kiosk("apply", write_batch(folder / "story", *OFFICE_LINES, *story), "--home", folder / "home").err == ""
    return folder / "home"


def hand_out(home: Path, file: Path, *document: str) -> str:
    ended = run_kiosk("document", *document, "--output", file, "--home", home)
    assert ended.status == 0, ended.err
    return ended.err.strip().rpartition(" ")[2]


def verify(home: Path, code: str) -> ProgramResult:
    return run_kiosk("verify", "--document", code, "--home", home)


def compute_code(home: Path) -> str:
    with Home.open(home) as opened, open_source(opened) as source:
        typed = {"award": "honor-card", "at": AT}
        return compute_digest(AWARD_LIST.build_document(source, AWARD_LIST.parse_arguments(typed, opened.people))).code


def test_a_change_of_the_catalogue_is_named_as_the_reason(home: Path, tmp_path: Path) -> None:
    code = hand_out(home, tmp_path / "a.csv", "award_list", "award=honor-card", f"at={AT}")
    assert "V001" in (tmp_path / "a.csv").read_text()
    catalogue = home / CATALOGUE_FILE
    sentences = {
        EASIER: "rests on conditions of an award that have changed since",
        'leave_out = ["honor-card"]': "the award catalogue has no such award now",
        "leave_out = 7": "awards.toml of the home is not understood",
    }
    for changed, sentence in sentences.items():
        catalogue.write_text(changed)
        ended = verify(home, code)
        assert (ended.status, sentence in ended.err) == (1, True), ended.err
    catalogue.write_text('leave_out = ["land-300"]')
    assert verify(home, code).status == 0, "another award has nothing to do with it"
    catalogue.unlink()
    assert verify(home, code).status == 0


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (("award_list", "award=nothing", f"at={AT}"), "the award catalogue has no `nothing` for 2026"),
        (("award_list", "award=honor-card", "at=2017-01-01"), "no `honor-card` for 2017"),
        (("honor_card_list", "at=2017-01-01"), "no `honor-card` for 2017"),
        (
            ("performance_certificate", "volunteer=V001", "from=2026-11-20", "to=2026-11-19", "applied_on=2026-11-20"),
            "to is before 2026-11-20",
        ),
    ],
)
def test_what_the_year_does_not_have_is_refused(
    home: Path, tmp_path: Path, document: tuple[str, ...], sentence: str
) -> None:
    ended = run_kiosk("document", *document, "--output", tmp_path / "x.csv", "--home", home)
    assert (ended.status, sentence in ended.err) == (2, True), ended.err


def test_the_code_outlives_an_erasure(home: Path, tmp_path: Path) -> None:
    """A list by ages is proved by its conditions alone, and says so; every other list row by row."""
    period = ("volunteer=V001", "from=2026-01-01", "to=2026-11-19", "applied_on=2026-11-20")
    documents = [
        *(("award_list", f"award={award}", f"at={AT}") for award in ("honor-card", "senior-pine-youth")),
        ("honor_card_list", f"at={AT}"),
        ("performance_certificate", *period),
    ]
    codes = [hand_out(home, tmp_path / f"{number}.html", *one) for number, one in enumerate(documents)]
    pages = [(tmp_path / f"{number}.html").read_text() for number in range(len(documents))]
    assert ["V001" in page for page in pages] == [True] * 4
    assert ["its code does not prove who stands on it" in page for page in pages] == [False, True, False, False]
    assert run_kiosk("erase", "V001", "--basis", "request", "--yes", "--home", home).status == 0
    assert [verify(home, code).status for code in codes] == [0] * 4
    found = json.loads(run_kiosk("verify", "--document", codes[0], "--format", "json", "--home", home).out)
    assert found["document"] == {"code": codes[0], "result": "matches"}
    assert compute_code(home) == codes[0]
