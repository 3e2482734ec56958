"""Programs of the system that take serial readers away, each for a good reason that is not ours.

The rule: only one that runs is named, and with what ends it.
"""

from pathlib import Path

CONFLICTING_SERVICES = {
    "brltty": "brltty runs here and takes readers with a CH340 or CP210x chip: remove it (apt purge brltty).",
    "ModemManager": "ModemManager runs here and talks to new serial devices for half a minute: wait, or disable it.",
}
"""Names as the kernel tells them (proc(5), comm). brltty drives Braille displays that look like such readers."""


def explain_conflicts(processes: Path = Path("/proc")) -> str:
    """What runs here that may have taken a reader, and what to do; empty when nothing does."""
    running = {_read_name(process) for process in processes.glob("[0-9]*/comm")}
    return " ".join(advice for name, advice in CONFLICTING_SERVICES.items() if name in running)


def _read_name(process: Path) -> str:
    try:
        return process.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:  # it has ended meanwhile
        return ""
