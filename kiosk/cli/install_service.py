"""`kiosk install-service`: the systemd units of this home: entrance, nightly job, backup and restore drill."""

import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, pass_home_folder
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_folder import acting_as_owner, find_owner_name
from kiosk.systemd.door_units import ENTRANCE
from kiosk.systemd.install import build_unit_files, install_files, list_units_to_enable
from kiosk.systemd.shortcomings import Shortcoming, find_shortcomings
from kiosk.systemd.trial import SystemUser, try_home, try_program
from kiosk.systemd.units import SystemdSettings, build_settings
from kiosk.words.help import HelpText
from kiosk.words.installation import InstallText

UNIT_FOLDER = Path("/etc/systemd/system")


@click.command(
    "install-service",
    epilog=format_example(
        "kiosk install-service --dry-run", "kiosk install-service --home /var/lib/kiosk --user kiosk"
    ),
    help=HelpText.INSTALL_SERVICE.fill(),
)
@click.option("--dry-run", is_flag=True, help=HelpText.OPTION_DRY_RUN.fill())
@click.option("--user", metavar="NAME", help=HelpText.OPTION_USER.fill())
@click.option(
    "--to",
    "folder",
    type=FOLDER_TYPE,
    default=UNIT_FOLDER,
    show_default=True,
    metavar="DIR",
    help=HelpText.OPTION_UNIT_FOLDER.fill(),
)
@click.option("--backups", type=FOLDER_TYPE, metavar="DIR", help=HelpText.OPTION_BACKUP_FOLDER.fill())
@pass_home_folder
def install_service(home: Path, dry_run: bool, user: str | None, folder: Path, backups: Path | None) -> None:
    """Write the units, or print them; warn of what is missing, and print what is left to do as root."""
    settings, missing = _examine(home, user, folder.absolute(), backups)
    files = build_unit_files(settings)
    for shortcoming in missing:
        click.echo(InstallText.WARNING.fill(text=shortcoming.warning), err=True)
    if dry_run:
        click.echo("\n".join(f"### {folder / name}\n{text}" for name, text in files.items()), nl=False)
        return
    install_files(files, folder)
    click.echo(InstallText.UNITS_WRITTEN.fill(files=len(files), folder=folder))
    for number, step in enumerate(_list_steps(settings, files, missing), 1):
        click.echo(InstallText.STEP.fill(number=number, about=step.about, command=step.command))


# --- What is found before anything is written ---


def _examine(
    home_folder: Path, name: str | None, folder: Path, backups: Path | None
) -> tuple[SystemdSettings, list[Shortcoming]]:
    """The settings of units that will work, and what is missing still. Raises: UserError where they cannot work."""
    program, user = _find_program(), _find_user(home_folder, name)
    is_tried = try_program(program, user)  # before root acts as the owner, who must be able to load what is not loaded
    with acting_as_owner(home_folder), Home.open(home_folder) as home:
        settings = build_settings(home, program, user.name, folder, backups)
        readers, simulation = home.settings.readers, home.simulation
    if simulation:
        raise UserError(InstallText.IS_SIMULATION.fill(home=settings.home), EXIT_NO)
    try_home(program, settings.home, user)
    not_tried = [] if is_tried else [Shortcoming(InstallText.NOT_TRIED.fill(user=user.name, program=program))]
    return settings, [*not_tried, *find_shortcomings(settings, user, readers)]


def _find_user(home: Path, name: str | None) -> SystemUser:
    """The user of the units, by default the owner of the home. Raises: UserError, also where it is another one's."""
    home = home.resolve()
    owner = find_owner_name(home)
    user = SystemUser.find(name or owner)
    if user.name != owner:
        raise UserError(InstallText.HOME_OF_ANOTHER.fill(home=home, owner=owner, user=user.name), EXIT_NO)
    return user


def _find_program() -> Path:
    """The installed program beside the Python that runs."""
    program = Path(sys.executable).with_name("kiosk")
    if not program.exists():
        raise UserError(InstallText.PROGRAM_NOT_INSTALLED.fill(program=program))
    return program


# --- What is left to do ---


class _Step(NamedTuple):
    about: str
    """What the command does."""
    command: str
    """For root, to be copied as it is."""


def _list_steps(settings: SystemdSettings, files: dict[str, str], missing: Sequence[Shortcoming]) -> Iterator[_Step]:
    yield from (_Step(shortcoming.about, shortcoming.command) for shortcoming in missing if shortcoming.command)
    yield _Step(InstallText.RELOAD.fill(), InstallText.COMMAND_RELOAD.fill())
    yield _Step(InstallText.MASK_CTRL_ALT_DEL.fill(), InstallText.COMMAND_MASK.fill())
    yield _Step(InstallText.ENABLE.fill(), InstallText.COMMAND_ENABLE.fill(units=" ".join(list_units_to_enable(files))))
    yield _Step(InstallText.LOOK.fill(), InstallText.COMMAND_LOOK.fill(entrance=ENTRANCE))
    status = ["runuser", "-u", settings.user, "--", settings.program, "status", "--home", settings.home]
    yield _Step(InstallText.CHECK.fill(), shlex.join(map(str, status)))
