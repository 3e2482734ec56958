"""Programs of the system that open serial devices for purposes of their own, and so take readers away.

The rule: only one that runs is named.
"""

from pathlib import Path

from devices.faults import Conflict


def find_conflicts(processes: Path = Path("/proc")) -> tuple[Conflict, ...]:
    """Which of them run here."""
    running = {_read_name(process) for process in processes.glob("[0-9]*/comm")}
    return tuple(conflict for conflict in Conflict if conflict in running)


def _read_name(process: Path) -> str:
    try:
        return process.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:  # it has ended meanwhile
        return ""
