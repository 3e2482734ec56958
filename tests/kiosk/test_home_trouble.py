"""Where a sentence sends to a backup, a kiosk with a hub says that it joins anew; another home does not."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy2

import pytest

from domain.log import errors
from domain.log.chain_walk import LogFault
from domain.log.errors import LogBusy, LogError, LogMissing, LogWentBack
from kiosk.entrance.launch import open_entrance
from kiosk.errors import HomeFileLost, SettingsError, UserError
from kiosk.home import Home
from kiosk.home_files import JOINED_FILE
from kiosk.home_trouble import SENDS_TO_BACKUP, explain_home_trouble
from kiosk.status.checked_home import CheckedHome
from kiosk.status.log import check_log
from kiosk.words.log_errors import SENTENCES, explain_trouble
from tests.support.joined_kiosk import ANN, join, make_unit, send, tap

WENT_BACK = LogWentBack(Path("log.db"), LogFault("ends_early", {"position": 1, "reached": 2}))
JOIN_ANEW = "has no backup: keep {path}, and let it join anew"


@pytest.fixture
def kiosk(tmp_path: Path) -> Path:
    (tmp_path / JOINED_FILE).touch()
    return tmp_path


@pytest.fixture
def went_back(tmp_path: Path) -> Path:
    """A kiosk whose log was put back from an older copy, and not its head file."""
    with Home.open(make_unit(tmp_path / "unit")) as unit:
        side = join(tmp_path / "side", unit)
        send(side, unit)
    with Home.open(side) as home:
        tap(home, ANN, "2026-11-19 09:00")
    copy2(side / "log.db", tmp_path)
    with Home.open(side) as home:
        tap(home, ANN, "2026-11-19 11:00")
    copy2(tmp_path / "log.db", side)
    return side


def list_error_classes(of: type[LogError] = LogError) -> Iterator[type[LogError]]:
    for error in of.__subclasses__():
        yield error
        yield from list_error_classes(error)


def test_each_error_of_the_log_whose_sentence_sends_to_a_backup_is_known() -> None:
    found = {error for error in list_error_classes() if error.__module__ == errors.__name__}
    sends = {error for error in found if error.__name__.casefold() in SENTENCES and _names_backup(error)}
    assert len(sends) >= 5
    assert {error for error in sends if not issubclass(error, SENDS_TO_BACKUP)} == set()


def _names_backup(error: type[LogError]) -> bool:
    return "restore " in SENTENCES[error.__name__.casefold()].value


@pytest.mark.parametrize("error", [WENT_BACK, HomeFileLost("it is lost")])
def test_a_kiosk_is_sent_to_its_hub_and_another_home_to_its_backup(kiosk: Path, error: Exception) -> None:
    assert explain_home_trouble(kiosk, error).endswith("where its log can still be read")
    assert JOIN_ANEW.format(path=kiosk) in explain_home_trouble(kiosk, error)
    (kiosk / JOINED_FILE).unlink()
    assert explain_home_trouble(kiosk, error) == explain_trouble(error)


@pytest.mark.parametrize("error", [LogMissing(Path("log.db")), LogBusy(Path("log.db"), 2.0), SettingsError("a word")])
def test_what_no_backup_mends_is_said_as_elsewhere(kiosk: Path, error: Exception) -> None:
    assert explain_home_trouble(kiosk, error) == explain_trouble(error)


def test_the_status_of_a_kiosk_whose_log_went_back_says_to_join_anew(went_back: Path) -> None:
    with CheckedHome(went_back) as checked:
        found = check_log(checked)
    assert not found.ok
    assert JOIN_ANEW.format(path=went_back) in found.detail
    assert "\n" not in found.detail


def test_an_entrance_that_stays_shut_writes_down_to_join_anew(went_back: Path) -> None:
    with pytest.raises((LogError, UserError)):
        open_entrance(went_back)
    assert JOIN_ANEW.format(path=went_back) in (went_back / "kiosk.log").read_text()
