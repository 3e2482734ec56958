"""Which modules commands load in a process of their own: what makes them quick, held without timing."""

import subprocess
import sys
from collections.abc import Sequence, Set

OF_TAPS_AND_FACTS = frozenset(
    {
        "domain.use_cases.check_in",
        "domain.model.corrections",
        "domain.model.shift",
        "projections.engine.build",
        "projections.engine.views",
        "projections.playback.timeline",
        "projections.projectors.fact_writer",
    }
)
"""What decides a tap, or writes a fact."""
OF_OPEN_HOMES = frozenset({"kiosk.home", "kiosk.settings"})


def run_in_new_process(modules: Set[str], *commands: Sequence[str]) -> tuple[str, str]:
    """What the commands print, and which of some modules they load, as a set is printed."""
    runs = "".join(f"run({[*command]}); " for command in commands)
    return find_loaded(modules, f"from kiosk.cli.program import run; {runs}")


def find_loaded(modules: Set[str], code: str) -> tuple[str, str]:
    """What some statements print, and which of some modules they load, as a set is printed."""
    code = f"import sys; {code}print({set(modules)} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    printed, _, loaded = done.stdout.rstrip("\n").rpartition("\n")
    return f"{printed}\n", loaded
