"""What others leave in the folders that a witness reads and writes: it is said, and hides nothing that was found."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.log.checkpoint import name_log, parse_proved_head
from kiosk.home import Home
from tests.kiosk.backups.heads.conftest import Office
from tests.support.kiosk_program import run_kiosk

OTHER_WAY = "the log went another way"
COSIGNED_7 = ": co-signed up to position 7\n"


def forge(office: Office) -> None:
    """A head that does not extend the last one that was co-signed."""
    file = office.sign("2026-11-19T12:01")
    good = parse_proved_head(file.read_text())
    file.unlink()
    (office.share / "forged.txt").write_text(good._replace(proof=[bytes(32), *good.proof[1:]]).format())


def leave_garbage(path: Path) -> None:
    path.write_text("garbage\n")


def leave_nothing(path: Path) -> None:
    path.write_text("")


def leave_bytes(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")


def leave_too_much(path: Path) -> None:
    path.write_text("#" * 2**17)


def leave_a_loop(path: Path) -> None:
    path.symlink_to(path.name)


def leave_a_link_that_the_system_refuses(path: Path) -> None:
    path.symlink_to("x" * 300)


FOREIGN = (leave_garbage, leave_nothing, leave_bytes, leave_too_much, os.mkfifo, Path.mkdir)


@pytest.mark.parametrize("leave", FOREIGN)
def test_a_file_of_keys_that_holds_none_hides_nothing_and_keeps_no_head_out(
    office: Office, leave: Callable[[Path], None]
) -> None:
    forge(office)
    keys = office.cosigned / "keys.txt"
    keys.unlink()
    leave(keys)
    lost = office.list_cosigned()[-1].name
    (office.cosigned / lost).unlink()

    ended = office.look()
    assert (ended.status, ended.err.count("\n"), ended.out.endswith(COSIGNED_7)) == (1, 2, True), ended
    assert OTHER_WAY in ended.err
    assert str(keys) in ended.err
    assert (office.cosigned / lost).exists()


def test_another_folder_gets_what_was_co_signed_all_the_same(office: Office) -> None:
    office.sign("2026-11-19T12:01")
    other = Path(shutil.copytree(office.share, office.folder / "other"))
    leave_garbage(other / "cosigned-annex" / "keys.txt")
    assert office.look(other).status == 1
    for folder in (other, office.share):
        assert len(list((folder / "cosigned-annex").glob("*-*.txt"))) == 3


@pytest.mark.parametrize("leave", [os.mkfifo, Path.mkdir, leave_a_loop, leave_a_link_that_the_system_refuses])
def test_where_one_file_cannot_be_written_the_others_are(office: Office, leave: Callable[[Path], None]) -> None:
    """At a name that is written first, before it gets its own."""
    forge(office)
    first, last = (office.cosigned / file.name for file in office.list_cosigned())
    first.unlink()
    last.unlink()
    leave(last.with_name(f".{last.name}"))
    ended = office.look()
    assert (ended.status, OTHER_WAY in ended.err, f"{office.cosigned} cannot be written" in ended.err) == (
        1,
        True,
        True,
    )
    assert (first.exists(), last.exists()) == (True, False)


@pytest.mark.parametrize("leave", [leave_garbage, leave_a_loop, leave_a_link_that_the_system_refuses, os.mkfifo])
def test_where_its_folder_is_none_that_is_said_beside_what_is_wrong(
    office: Office, leave: Callable[[Path], None]
) -> None:
    forge(office)
    shutil.rmtree(office.cosigned)
    leave(office.cosigned)
    ended = office.look()
    assert (ended.status, ended.err.count("\n"), ended.out.endswith(COSIGNED_7)) == (1, 2, True), ended
    assert OTHER_WAY in ended.err
    assert f"{office.cosigned} cannot be written" in ended.err


def test_a_link_in_place_of_its_folder_is_not_followed(office: Office) -> None:
    """It may lead into the folder of the witness: with heads in it, that would be none any more."""
    shutil.rmtree(office.cosigned)
    office.cosigned.symlink_to(office.annex)
    before = sorted(office.annex.iterdir())
    for _ in range(2):
        ended = office.look()
        assert (ended.status, f"{office.cosigned} cannot be written (Not a directory)" in ended.err) == (1, True)
    assert sorted(office.annex.iterdir()) == before


def test_a_place_of_which_the_system_does_not_say_what_it_is_keeps_no_other_back(office: Office) -> None:
    forge(office)
    ended = office.look(office.folder / ("x" * 300))
    assert (ended.status, ended.err.count("\n"), ended.out.endswith(COSIGNED_7)) == (1, 2, True), ended
    assert "cannot be read (File name too long)" in ended.err
    assert OTHER_WAY in ended.err


def test_any_account_may_read_what_it_hands_back_whatever_its_umask_and_its_earlier_runs_left(office: Office) -> None:
    """The account of the home is another one, and compares what stands there."""
    office.cosigned.chmod(0o700)
    new = office.folder / "new"
    shutil.copytree(office.share, new, ignore=shutil.ignore_patterns("cosigned-*"))
    umask = os.umask(0o077)
    try:
        assert office.look(new).status == 0
    finally:
        os.umask(umask)
    modes = [stat.S_IMODE(folder.stat().st_mode) for folder in (office.cosigned, new / "cosigned-annex")]
    assert modes == [0o755, 0o755]
    assert {stat.S_IMODE(file.stat().st_mode) for file in (new / "cosigned-annex").iterdir()} == {0o644}


def test_the_name_of_a_file_makes_no_line_of_its_own(office: Office) -> None:
    (office.share / "a\nkiosk: all is well.txt").write_text("kiosk/")
    ended = office.look()
    assert (ended.status, ended.err.count("\n"), "a\\u000akiosk: all" in ended.err) == (1, 1, True)


def test_another_head_in_its_folder_is_said_and_not_written_over(office: Office) -> None:
    forge(office)
    file = office.cosigned / office.list_cosigned()[-1].name
    shutil.copy(office.share / "forged.txt", file)
    before = file.read_bytes()
    ended = office.look()
    assert (ended.status, OTHER_WAY in ended.err) == (1, True)
    assert f"{file} is a folder, or holds another head" in ended.err
    assert file.read_bytes() == before


def test_what_was_found_is_said_also_where_it_cannot_keep_what_it_co_signs(office: Office) -> None:
    newest = office.sign("2026-11-19T12:01")
    (office.share / "damaged.txt").write_text("kiosk/")
    (office.annex / "heads" / f".{newest.name}").mkdir()
    ended = office.look()
    assert (ended.status, ended.err.count("\n"), ended.out.endswith(COSIGNED_7)) == (1, 2, True), ended
    assert "damaged.txt is no signed head" in ended.err
    assert f"{office.annex} cannot be written" in ended.err
    assert len(list(office.cosigned.glob("*-*.txt"))) == 2


def test_each_folder_gets_the_heads_of_its_own_logs(office: Office, tmp_path: Path) -> None:
    """With those of another log in it, comparing the whole folder would say no."""
    Home.make(tmp_path / "home", simulation=True).close()
    assert run_kiosk("reconcile", "--home", tmp_path / "home").status == 0
    heads = tmp_path / "home" / "heads"
    assert office.look("--trust", heads / "keys.txt", heads).status == 0
    for home, folder in ((tmp_path / "home", heads), (office.home, office.share)):
        with Home.open(home) as opened:
            own = name_log(opened.log.log_id)
        kept = (folder / "cosigned-annex").glob("*-*.txt")
        assert {parse_proved_head(file.read_text()).checkpoint.name for file in kept} == {own}
        assert run_kiosk("verify", "--heads", folder / "cosigned-annex", "--home", home).status == 0


def test_a_link_of_a_stranger_among_the_folders_of_witnesses_ends_no_night(office: Office) -> None:
    leave_a_link_that_the_system_refuses(office.share / "cosigned-x")
    for command in ("reconcile", "verify", "status"):
        ended = run_kiosk(command, "--home", office.home)
        assert "Traceback" not in ended.err
        assert "cosigned-x" not in ended.err
