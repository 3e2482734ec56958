"""A document as a page: a file of its own, and the part of it that the desk shows."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kiosk.documents.charts import draw_chart
from kiosk.documents.qr_code import draw_qr_code
from kiosk.documents.written import WrittenDocument
from kiosk.words.documents.shared import find_document_words
from kiosk.words.language import find_language

FOLDER = Path(__file__).parent / "templates"


def describe_page(document: WrittenDocument) -> dict[str, object]:
    """What the templates take."""
    charts = [Markup(draw_chart(chart)) for chart in document.charts]  # noqa: S704 - of ours, every text in it escaped
    charts += [Markup(draw_qr_code(document.scanned))] if document.scanned else []  # noqa: S704 - squares alone
    return {"document": document, "written_words": find_document_words(), "charts": charts}


def build_page(document: WrittenDocument) -> bytes:
    """A page that needs nothing else."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("documents/file.html").render(language=find_language(), **describe_page(document))
    return page.encode()
