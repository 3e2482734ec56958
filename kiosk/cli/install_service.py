"""`kiosk install-service`: the systemd units of this home: entrance, nightly job, backup and restore drill."""

import pwd
import sys
from pathlib import Path

import click

from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import pass_home_folder
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.home_folder import acting_as_owner
from kiosk.systemd.install import install_files
from kiosk.systemd.units import (
    CAGE,
    FOOT,
    XWAYLAND,
    SystemdSettings,
    build_settings,
    build_unit_files,
    list_units_to_enable,
)
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText

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
    type=click.Path(path_type=Path),
    default=UNIT_FOLDER,
    show_default=True,
    metavar="DIR",
    help=HelpText.OPTION_UNIT_FOLDER.fill(),
)
@click.option("--backups", type=click.Path(path_type=Path), metavar="DIR", help=HelpText.OPTION_BACKUP_FOLDER.fill())
@pass_home_folder
def install_service(home: Path, dry_run: bool, user: str | None, folder: Path, backups: Path | None) -> None:
    """Write the units, or print them, and print what is left to do as root."""
    settings = _build_usable_settings(home, user, folder.absolute(), backups)
    files = build_unit_files(settings)
    if dry_run:
        click.echo("\n".join(f"### {folder / name}\n{text}" for name, text in files.items()), nl=False)
        return
    install_files(files, folder)
    click.echo(
        "\n".join([CommandLineText.UNITS_WRITTEN.fill(files=len(files), folder=folder), *_list_steps(settings, files)])
    )


def _build_usable_settings(home_folder: Path, user: str | None, folder: Path, backups: Path | None) -> SystemdSettings:
    program = _find_program()
    with acting_as_owner(home_folder), Home.open(home_folder) as home:
        settings = build_settings(home, program, user, folder, backups)
    _demand_usable_user(settings.user)
    return settings


def _find_program() -> Path:
    """The installed program beside the Python that runs."""
    program = Path(sys.executable).with_name("kiosk")
    if not program.exists():
        raise UserError(CommandLineText.PROGRAM_NOT_INSTALLED.fill(program=program))
    return program


def _demand_usable_user(user: str) -> None:
    """An existing user other than root. Raises: UserError."""
    try:
        uid = pwd.getpwnam(user).pw_uid
    except KeyError:
        raise UserError(CommandLineText.NO_USER.fill(user=user)) from None
    if uid == 0:
        raise UserError(CommandLineText.USER_IS_ROOT.fill())


def _list_steps(settings: SystemdSettings, files: dict[str, str]) -> list[str]:
    """What the administrator still has to do."""
    missing = [program.name for program in (CAGE, FOOT, XWAYLAND) if not program.exists()]
    return [
        *([CommandLineText.STEP_INSTALL_FONT.fill(missing=" and ".join(missing))] if missing else []),
        *([f"  chown -R {settings.user}: {settings.home}"] if settings.home.owner() != settings.user else []),
        "  systemctl daemon-reload",
        CommandLineText.STEP_ENABLE.fill(units_to_enable=" ".join(list_units_to_enable(files))),
        CommandLineText.STEP_MASK_CTRL_ALT_DEL.fill(),
    ]
