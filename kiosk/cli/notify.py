"""`kiosk notify`: send the notices that are due, or show what would be sent."""

from pathlib import Path

import click

from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import pass_home
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.notice_settings import NoticeSettings
from kiosk.notices.mail import FolderSender
from kiosk.notices.queue import NOTICES_FOLDER
from kiosk.notices.send import NoticeRun, RunResult, build_sender
from kiosk.notices.texts import Finding, find_notice_language
from kiosk.status.run import run_checks
from kiosk.words.help import HelpText
from kiosk.words.language import use_language
from kiosk.words.notices import NoticeText


@click.command(epilog=format_example("kiosk notify", "kiosk notify --dry-run"), help=HelpText.NOTIFY.fill())
@click.option("--dry-run", is_flag=True, help=HelpText.OPTION_NOTIFY_DRY_RUN.fill())
@pass_home
def notify(home: Home, dry_run: bool) -> int:
    """Queue and send, or print."""
    notices = home.settings.notices
    if notices is None:
        raise UserError(NoticeText.NONE_CONFIGURED.fill(), EXIT_NO)
    home.views.catch_up(None if home.simulation else home.now_second())
    if dry_run:
        _print_preview(home, notices)
        return 0
    if home.simulation and notices.mail:
        raise UserError(NoticeText.SIMULATION_SENDS_NO_MAIL.fill(path=home.path), EXIT_NO)
    result = _run(home, notices)
    click.echo(NoticeText.SUMMARY.fill(sent=result.sent, waiting=result.waiting, unsent=result.unsent))
    if result.failure:
        raise UserError(result.failure, EXIT_NO)
    return EXIT_NO if result.unsent else 0


def _run(home: Home, notices: NoticeSettings) -> RunResult:
    run = NoticeRun(home, notices, build_sender(home.path, notices), lambda: _list_findings(home))
    try:
        return run.run()
    except OSError as error:
        path = home.path / NOTICES_FOLDER
        raise UserError(NoticeText.QUEUE_FAILED.fill(path=path, reason=error.strerror), EXIT_NO) from None


def _list_findings(home: Home) -> list[Finding]:
    """What is not well, in the language of the notices; what is left open is listed in the digest itself."""
    with use_language(find_notice_language(home)):
        checks = [check for check in run_checks(home.path) if not check.ok and check.name != "left_open"]
    return [Finding(check.name, check.detail) for check in checks]


def _print_preview(home: Home, notices: NoticeSettings) -> None:
    """Print each notice as it would be sent; addresses and names of volunteers are masked."""
    run = NoticeRun(home, notices, FolderSender(Path()), lambda: _list_findings(home))
    written = run.preview()
    for notice in written:
        click.echo(NoticeText.PREVIEW.fill(address=notice.address, subject=notice.subject, text=notice.text))
    if not written:
        click.echo(NoticeText.NOTHING_NEW.fill())
