"""The command line in Chinese: help, errors, tables and reports; what is for a program stays as it is."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from kiosk.words.staff_zh_tw import ROSTER
from projections.read_models.pending_work import KINDS
from tests.support.kiosk_program import OPEN_UNIT, line, list_command_lines, run_kiosk, write_batch

HAN = re.compile(r"[\u4e00-\u9fff]")
DAY = (
    OPEN_UNIT,
    line("enrol_volunteer", volunteer="V001", mode="rostered", agreement_from="2025-01-01", name="陳美玉"),
    line("complete_training", volunteer="V001", kind="basic", on="2025-02-01"),
    line("complete_training", volunteer="V001", kind="special", category="戶政", on="2025-02-01"),
    line("schedule_shift", shift="S1", start="2026-11-20T08:30", end="2026-11-20T11:30", volunteers=["V001"]),
    line("add_visit", "2026-11-20T12:00", volunteer="V001", check_in="2026-11-20T08:40",
         check_out="2026-11-20T11:40", reason="badge_forgotten", by="林"),
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulation with one volunteer, one shift and one visit that was added at the desk."""
    folder = tmp_path_factory.mktemp("chinese")
    assert run_kiosk("init", "--simulation", "--home", folder / "home").status == 0
    assert run_kiosk("apply", write_batch(folder / "day.jsonl", *DAY), "--home", folder / "home").status == 0
    return folder / "home"


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("command", [(), *list_command_lines()], ids=" ".join)
def test_help_is_chinese_and_fits_a_terminal(command: tuple[str, ...]) -> None:
    shown = run_kiosk(*command, "--help")
    text = shown.out.partition("範例：")[0]
    usage, *lines = filter(None, map(str.strip, text.splitlines()))
    assert (shown.status, shown.err) == (0, "")
    assert usage.startswith("用法：kiosk")
    assert [one for one in lines if not HAN.search(one) and not one.startswith(("-", "[", "."))] == []
    assert max(map(cell_len, text.splitlines())) <= 80


@pytest.mark.usefixtures("chinese")
def test_the_help_of_pending_names_every_kind_of_the_list() -> None:
    said = re.sub(r"\s", "", run_kiosk("pending", "--help").out)
    assert [kind for kind in KINDS if ROSTER.pending_kinds[kind] not in said] == []


@pytest.mark.usefixtures("chinese")
def test_what_is_imported_has_a_time_at_which_it_happened_and_is_no_tap(home: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("編號\nV001\n", encoding="utf-8")
    refused = run_kiosk("import", tmp_path / "list.csv", "--home", home)
    assert refused.first_error_line == "kiosk: 這個資料夾是模擬：請用 --at 寫明發生時間"
    assert "刷卡" not in run_kiosk("import", "--help").out


MISTYPED = [
    (("desk", "--prt"), "沒有 '--prt' 這個選項。是不是要寫 '--port'？"),
    (("stats",), "沒有 'stats' 這個指令：是不是要寫 status？"),
    (("verify", "--xyz"), "沒有 '--xyz' 這個選項。"),
    (("verify", "--hea"), "沒有 '--hea' 這個選項。是不是要寫其中一個：'--head', '--heads', '--home'？"),
    (("explain", "V001"), "缺少參數 'DATE'。"),
    (("erase", "V001"), "缺少選項 '--basis'。可以是："),
    (("difference",), "缺少選項 '--as-of'。"),
    (("hours", "--by"), "選項 '--by' 後面要有值。"),
    (("apply", "--check=1", "x"), "選項 '--check' 後面不能有值。"),
    (("status", "a"), "多了參數（a）"),
    (("status", "a", "b"), "多了幾個參數（a b）"),
    (("tap", "A:01", "--direction", "x"), "'--direction' 的值不對：'x' 不能用；可以是 'in', 'out'。"),
    (("hours", "--from", "x"), "'--from' 的值不對：不是日期：'x'；請寫成 2026-11-19 或 115-11-19"),
    (("apply", "--from-line", "x", "f"), "'--from-line' 的值不對：'x' 不是整數。"),
    (("backup", "--keep", "0"), "'--keep' 的值不對：不能是 0：請寫 1 到 100000 的數字"),
    (("readers", "test", "--for", "x"), "'--for' 的值不對：'x' 不是數字。"),
    (("readers", "test", "--for", "nan"), "'--for' 的值不對：nan 不能當秒數：請寫大於 0、最多 86400 的秒數，例如 20"),
    (("status", "Usage: "), "多了參數（Usage: ）"),
]  # fmt: skip


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(("arguments", "sentence"), MISTYPED)
def test_what_is_mistyped_is_said_in_chinese(arguments: tuple[str, ...], sentence: str) -> None:
    refused = run_kiosk(*arguments)
    assert (refused.status, refused.first_error_line) == (2, f"kiosk: {sentence}")
    assert "Usage: kiosk" not in refused.err


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("hours",), "志工  分鐘  值勤次數\nV001  170   1\n"),
        (("duties",), "S1    V001  2026-11-20  2026-11-20 08:30  2026-11-20 11:30  出勤  0         0         170"),
        (("visits",), "2026-11-20 11:40  已簽退  170       11:30-11:40 非排班時間  desk    是\n"),
        (("explain", "V001", "2026-11-20"), "V001 2026-11-20：採計 170 分鐘\n"),
        (("explain", "V001", "2026-11-20"), "S1：出勤  （事件 "),
        (("absences",), "沒有資料\n"),
        (("replay",), "相同："),
        (("status",), "ok  時鐘        跟著批次檔走：這是模擬\n"),
        (("difference", "--as-of", "2026-11-19T10:00", "--as-of", "2026-11-20T13:00"), "值勤 V001 2026-11-20 S1"),
        (("difference", "--as-of", "2026-11-19T10:00", "--as-of", "2026-11-20T13:00"), "登錄：補登到班紀錄，登錄人 林"),
    ],
)  # fmt: skip
def test_tables_and_reports_are_chinese(home: Path, arguments: tuple[str, ...], shown: str) -> None:
    printed = run_kiosk(*arguments, "--home", home)
    assert shown in printed.out + printed.err


@pytest.mark.usefixtures("chinese")
def test_a_refusal_of_a_batch_is_chinese(home: Path, tmp_path: Path) -> None:
    again = write_batch(tmp_path / "again.jsonl", DAY[1], line("tap", card="04000000000001", att=1))
    refused = run_kiosk("apply", again, "--check", "--home", home)
    assert refused.err.splitlines() == [
        f"{again}:1: 志工 V001 已經登錄：要續訂服務協議請用 renew_agreement",
        f"{again}:2: tap: 沒有欄位 `att`：是不是要寫 `at`？",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        *((command, "--format", output) for command in ("visits", "volunteers") for output in ("json", "csv")),
        ("explain", "V001", "2026-11-20", "--format", "json"),
        ("status", "--format", "json"),
        ("difference", "--as-of", "2026-11-19T10:00", "--as-of", "2026-11-20T13:00", "--format", "json"),
    ],
    ids=" ".join,
)
def test_what_is_for_a_program_is_the_same_in_every_language(
    home: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    english = run_kiosk(*arguments, "--home", home)
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    chinese = run_kiosk(*arguments, "--home", home)
    assert (mask_sizes(chinese.out), chinese.status) == (mask_sizes(english.out), english.status)


def mask_sizes(text: str) -> str:
    """Without the room on the disk, which other programs use meanwhile."""
    return re.sub(r"[\d.]+ GiB", "x GiB", text)


# --- Who chooses ---


def choose_in_home(home: Path, setting: str) -> None:
    settings = home / "kiosk.toml"
    kept = [one for one in settings.read_text(encoding="utf-8").splitlines() if not one.startswith("language")]
    settings.write_text("\n".join([setting, *kept]), encoding="utf-8")


@pytest.mark.parametrize(
    ("environment", "setting", "heading"),
    [
        ("", "", "volunteer"),
        ("", 'language = "zh-TW"', "志工"),
        ("C.UTF-8", 'language = "zh-TW"', "志工"),
        ("en_US.UTF-8", 'language = "zh-TW"', "volunteer"),
        ("zh_TW.UTF-8", 'language = "en"', "志工"),
        ("de_DE.UTF-8", 'language = "en"', "volunteer"),
    ],
)
def test_the_person_comes_before_the_home(
    home: Path, environment: str, setting: str, heading: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_in_home(home, setting)
    monkeypatch.setenv("LC_ALL", environment)
    placed_differently = (("hours", "--home", home), ("--home", home, "hours"), (f"--home={home}", "hours"))
    assert {run_kiosk(*arguments).out.split()[0] for arguments in placed_differently} == {heading}
    monkeypatch.setenv("KIOSK_HOME", str(home))
    assert run_kiosk("hours").out.split()[0] == heading
    choose_in_home(home, "")


def test_a_language_that_there_is_not_is_refused_with_its_line(home: Path) -> None:
    choose_in_home(home, 'language = "vi"')
    refused = run_kiosk("hours", "--home", home)
    choose_in_home(home, "")
    assert refused.status == 2
    assert refused.first_error_line == (
        f"kiosk: {home / 'kiosk.toml'}:1: `language` cannot be 'vi': it is one of en, zh-TW"
    )


def test_english_loads_no_chinese() -> None:
    code = (
        "import sys; from kiosk.cli.program import run; run(['--help'])\n"
        "print([name for name in sys.modules if name.endswith('zh_tw')], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], env={}, capture_output=True, check=True)
    assert done.stderr.decode() == "[]\n"
