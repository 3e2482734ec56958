"""Writes pages: our own templates, in which every value is escaped."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.words.desk_en import DESK as ENGLISH
from kiosk.words.desk_words import DeskWords
from kiosk.words.desk_zh_tw import DESK as CHINESE

FOLDER = Path(__file__).parent / "templates"


class Templates:
    """The templates of the desk."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def write(self, template: str, words: DeskWords, **values: object) -> str:
        """A page or a part of one. A value that is missing is an error."""
        return self._environment.get_template(template).render(words=words, **values)


def choose_words(accepted: str) -> DeskWords:
    """The language that a browser prefers, of its header Accept-Language; Chinese where it names neither."""
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
