"""The program as another user can start it: in an environment that everyone may read, on the Python of the system."""

import os
import pwd
import shutil
import subprocess
import sysconfig
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tests.support.documents import ROOT

OTHER_USER = "nobody"
"""A user that every machine has, and that is not root."""
SYSTEM_PYTHON = Path("/usr/bin/python3")
START = """\
#!{python}
import sys
from kiosk.cli.program import main
sys.exit(main())
"""


def find_service_user() -> str:
    """The user for whom units are written: root takes another one, everybody else is that themselves."""
    return OTHER_USER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


@contextmanager
def make_public_program() -> Generator[Path]:
    """The `kiosk` of an environment of its own, with the modules of this one; pytest's folders are closed to others."""
    folder = Path(mkdtemp(prefix="kiosk-public-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        subprocess.run([SYSTEM_PYTHON, "-m", "venv", "--without-pip", folder], check=True)
        (packages,) = folder.glob("lib/python*/site-packages")
        (packages / "modules.pth").write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n")
        program = folder / "bin/kiosk"
        program.write_text(START.format(python=folder / "bin/python"))
        program.chmod(0o755)
        subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
        yield program
    finally:
        shutil.rmtree(folder)


def is_usable(program: Path, user: str) -> bool:
    """Whether a user can start a program."""
    try:
        started = subprocess.run([program, "--version"], user=user, cwd="/", capture_output=True, check=False)
    except OSError:
        return False
    return started.returncode == 0
