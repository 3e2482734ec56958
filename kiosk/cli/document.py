"""`kiosk document`: a document of the unit as a file, recorded as handed out, with a code that can be checked."""

from collections.abc import Sequence
from pathlib import Path

import click

from kiosk.act_builder import ActBuilder
from kiosk.batch.recorded_instant import parse_recorded_instant
from kiosk.cli.home_to_read import print_quarantine
from kiosk.cli.lazy_group import format_example
from kiosk.cli.names import NamesOption, pass_names_options, record_names_wanted
from kiosk.cli.options import CleanPath, as_of_option, demand_new_file, parse_actor, pass_home
from kiosk.cli.printing import print_rows
from kiosk.documents.digest import compute_digest
from kiosk.documents.document_type import DocumentType
from kiosk.documents.forms import FORM_OF, FORMS, DocumentForm, build_document_file
from kiosk.documents.issue import issue_document
from kiosk.documents.people_lookup import StoredPersons
from kiosk.documents.registry import DOCUMENTS, find_document_type
from kiosk.documents.source import open_source
from kiosk.documents.written import write_document
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.home_files import write_private
from kiosk.statements.statements import Statements
from kiosk.words.documents.shared import DocumentText
from kiosk.words.help import HelpText


@click.command(
    "document",
    epilog=format_example(
        "kiosk document",
        "kiosk document monthly_hours month=2026-11 --output november.pdf",
        "kiosk document monthly_hours month=2026-11 --output november.ods --names --reason papers",
    ),
    help=HelpText.DOCUMENT.fill(),
)
@click.argument("name", required=False, metavar="[DOCUMENT]")
@click.argument("asked", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--output", "file", type=CleanPath(), metavar="FILE", help=HelpText.OPTION_DOCUMENT_FILE.fill())
@click.option("--table", metavar="NAME", help=HelpText.OPTION_TABLE.fill())
@as_of_option
@pass_names_options
@pass_home
def document(
    home: Home,
    name: str | None,
    asked: Sequence[str],
    file: Path | None,
    table: str | None,
    as_of: str | None,
    names: NamesOption,
) -> None:
    """Write a document, or list them."""
    if name is None:
        print_rows([_build_row(kind) for kind in DOCUMENTS.values()], "table")
        return
    kind = find_document_type(name)
    arguments = kind.parse_arguments(_parse_asked(asked), home.people)
    path, form = _choose_file(file)
    past = None if as_of is None else parse_recorded_instant(home, as_of)
    with open_source(home, past, None if past is None else Statements.catch_up_live(home)) as source:
        built = kind.build_document(source, arguments)
        print_quarantine(source.views)
    numbers = [number for one in built.list_volunteers() if (number := home.people.find_number(one))]
    is_named = record_names_wanted(home, "document", numbers, names)
    people = StoredPersons(home.people, home.settings.masking, is_masked=not is_named)
    written = write_document(built, people, compute_digest(built).code)
    content = build_document_file(built, written, form, table)  # what cannot be written is not handed out
    actor = home.people.ensure_actor(parse_actor(names.shown_to))
    issue_document(home, built, ActBuilder(home).build_act(actor))
    write_private(path, content)
    click.echo(DocumentText.WRITTEN.fill(path=path, title=built.title, code=written.code), err=True)


def _build_row(kind: DocumentType) -> dict[str, object]:
    asked = (argument.name if argument.is_required else f"[{argument.name}]" for argument in kind.arguments)
    return {"document": kind.name, "title": kind.title, "arguments": " ".join(asked)}


def _parse_asked(asked: Sequence[str]) -> dict[str, str]:
    """The arguments by name. Raises: UserError."""
    texts: dict[str, str] = {}
    for text in asked:
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise UserError(DocumentText.NOT_AN_ARGUMENT.fill(text=text))
        if name in texts:
            raise UserError(DocumentText.ARGUMENT_TWICE.fill(name=name))
        texts[name] = value
    return texts


def _choose_file(file: Path | None) -> tuple[Path, DocumentForm]:
    """Where it is written, and in which form. Raises: UserError, before any work is done."""
    ending = file.suffix.removeprefix(".").lower() if file else ""
    form = FORM_OF.get(ending)
    if file is None or form is None:
        raise UserError(DocumentText.BAD_FORM.fill(forms=", ".join(f".{form}" for form in FORMS)))
    demand_new_file(file)
    return file, form
