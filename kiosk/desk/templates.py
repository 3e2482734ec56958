"""Writes pages: our own templates, in which every value is escaped."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.desk.sessions import create_id
from kiosk.documents.page import FOLDER as DOCUMENTS
from kiosk.words.desk.shared_en import DESK as ENGLISH
from kiosk.words.desk.shared_words import DeskWords
from kiosk.words.desk.shared_zh_tw import DESK as CHINESE

FOLDER = Path(__file__).parent / "templates"
LANGUAGE_COOKIE = "kiosk-language"
LANGUAGES = {"zh-TW": CHINESE, "en": ENGLISH}


class Templates:
    """The templates of the desk."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader([FOLDER, DOCUMENTS]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"create_form_id": create_id, "link": build_link, "options": list_options}

    def write(self, template: str, words: DeskWords, **values: object) -> str:
        """A page or a part of one. A value that is missing is an error."""
        return self._environment.get_template(template).render(words=words, **values)


def build_link(path: str, **query: object) -> str:
    """An address with what it asks for."""
    return f"{path}?{urlencode(query)}"


def list_options(values: Iterable[str], texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The options of a choice: values and their texts; one without a text stands for itself."""
    return [(value, texts.get(value, value)) for value in values]


def choose_words(accepted: str, chosen: str | None = None) -> DeskWords:
    """The chosen language, or that which a browser prefers by its header Accept-Language; Chinese where neither is."""
    if chosen in LANGUAGES:
        return LANGUAGES[chosen]
    wanted = sorted((_parse_choice(choice) for choice in accepted.split(",")), key=lambda one: -one[1])
    for language, quality in wanted:
        if quality > 0 and language in ("zh", "en"):
            return ENGLISH if language == "en" else CHINESE
    return CHINESE


def _parse_choice(choice: str) -> tuple[str, float]:
    """The language, without its region, and how much it is wanted."""
    tag, _, weight = choice.partition(";")
    try:
        quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
    except ValueError:
        quality = 0.0
    return tag.strip().lower().partition("-")[0], quality
