"""`kiosk install-service`: the units by which systemd runs this home's entrance and its nights."""

import pwd
import sys
from pathlib import Path

import click

from domain.use_cases.unit_rules import UnitRules
from kiosk.cli.options import format_example, pass_home
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.systemd.install import install_files
from kiosk.systemd.plan import SystemdSettings
from kiosk.systemd.units import CAGE, FOOT, XWAYLAND, build_unit_files, list_units_to_enable
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText

UNIT_FOLDER = Path("/etc/systemd/system")


@click.command(
    "install-service",
    epilog=format_example(
        "kiosk install-service --dry-run", "kiosk install-service --home /var/lib/kiosk --user kiosk"
    ),
    help=HelpText.INSTALL_SERVICE,
)
@click.option("--dry-run", is_flag=True, help=HelpText.PRINT_FILES_WRITE_NOTHING)
@click.option("--user", metavar="NAME", help=HelpText.WHO_RUNS_THEM)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    default=UNIT_FOLDER,
    show_default=True,
    metavar="DIR",
    help=HelpText.FOLDER_FILES,
)
@click.option("--backups", type=click.Path(path_type=Path), metavar="DIR", help=HelpText.WHERE_BACKUPS_GO)
@pass_home
def install_service(home: Home, dry_run: bool, user: str | None, folder: Path, backups: Path | None) -> None:
    """Write the units of the entrance, of the nightly job, of the backup and of the restore drill."""
    plan = _build_plan(home, user, folder.absolute(), backups)
    files = build_unit_files(plan)
    if dry_run:
        click.echo("\n".join(f"### {folder / name}\n{text}" for name, text in files.items()), nl=False)
        return
    install_files(files, folder)
    click.echo(
        "\n".join([CliText.FILES_WRITTEN_NEXT_ROOT.fill(files=len(files), folder=folder), *_list_steps(plan, files)])
    )


def _build_plan(home: Home, user: str | None, folder: Path, backups: Path | None) -> SystemdSettings:
    rules = UnitRules(home.log).load()
    policy = rules.policies.on(rules.days.of(home.clock.now()).toordinal())
    whole, copies = home.path.resolve(), backups.resolve() if backups else None
    runner = _demand_usable_user(user or whole.owner())
    return SystemdSettings(whole, _find_program(), runner, folder, copies, home.zone.key, policy.day_ends_at)


def _find_program() -> Path:
    """The installed program beside the Python that runs."""
    program = Path(sys.executable).with_name("kiosk")
    if not program.exists():
        raise UserError(CliText.NOT.fill(program=program))
    return program


def _demand_usable_user(user: str) -> str:
    """A user who may show something on a screen. Raises: Mistake."""
    try:
        uid = pwd.getpwnam(user).pw_uid
    except KeyError:
        raise UserError(CliText.NO_USER.fill(user=user)) from None
    if uid == 0:
        raise UserError(CliText.ENTRANCE_NOT_RUN_ROOT)
    return user


def _list_steps(plan: SystemdSettings, files: dict[str, str]) -> list[str]:
    """What is left to be done by hand."""
    missing = [program.name for program in (CAGE, FOOT, XWAYLAND) if not program.exists()]
    return [
        *([CliText.INSTALL_FONT_CHINESE_CHARACTERS.fill(missing=" and ".join(missing))] if missing else []),
        *([f"  chown -R {plan.user}: {plan.home}"] if plan.home.owner() != plan.user else []),
        "  systemctl daemon-reload",
        CliText.SYSTEMCTL_ENABLE_NOW.fill(units_to_enable=" ".join(list_units_to_enable(files))),
        CliText.SYSTEMCTL_MASK_CTRL_ALT_DEL,
    ]
