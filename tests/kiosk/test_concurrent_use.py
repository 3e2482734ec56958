"""A home that several processes use at the same time: each waits for its turn, and nothing is lost or done twice."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.kiosk.conftest import list_topics
from tests.support.kiosk_program import ProgramResult, line, run_kiosk, run_kiosk_process, write_batch

EACH = 25
"""Lines of each batch."""


def write_taps(folder: Path, door: str) -> Path:
    """A person enrols volunteers of their own."""
    people = [
        line("enrol_volunteer", "2024-01-02T08:00", volunteer=f"{door}{n}", mode="event", agreement_from="2024-01-02")
        for n in range(EACH)
    ]
    return write_batch(folder / f"{door}.jsonl", *people)


def test_two_batches_at_once_are_both_carried_out(real_home: Path, tmp_path: Path) -> None:
    files = [write_taps(tmp_path, door) for door in ("A", "B")]
    with ThreadPoolExecutor() as side_by_side:
        running = [side_by_side.submit(run_kiosk_process, "apply", file, "--home", real_home) for file in files]
        ended = [process.result() for process in running]
    assert [(one.status, one.out, one.err) for one in ended] == [(0, f"{EACH} lines carried out\n", "")] * 2
    assert list_topics(real_home) == ["volunteer.enrolled"] * (2 * EACH)
    assert run_kiosk("verify", "--home", real_home).status == 0


def test_read_commands_answer_while_another_process_writes(real_home: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor() as side_by_side:
        writing = side_by_side.submit(run_kiosk_process, "apply", write_taps(tmp_path, "A"), "--home", real_home)
        asking = [side_by_side.submit(run_kiosk_process, "presence", "--home", real_home) for _ in range(3)]
        assert [answer.result() for answer in asking] == [ProgramResult(0, "", "nothing\n")] * 3
        assert writing.result().status == 0
    assert run_kiosk("replay", "--home", real_home).status == 0
