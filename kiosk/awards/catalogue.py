"""The catalogue of awards: the files in `kiosk/awards/data/`, and `awards.toml` of a home (R-080).

    city = "臺中市"                     # awards of other cities are left out
    leave_out = ["court-counter"]       # and these
    categories = { "戶政" = ["household"] }   # what the unit calls a category of the catalogue

    [[award]]                           # a row of its own, or one that takes the place of a built-in row of that id
    id = "county-model"
    ...

Rule: a row applies to whole application years; a new announcement is a new row. A file that is not understood to its
last field is refused. The built-in rows are read from `built_in.json`, which a test holds against the files.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from domain.ids import compose
from domain.typed_decoding import decode_json
from kiosk.home_files import CATALOGUE_FILE
from kiosk.words.errors import SettingsText
from projections.evaluation.awards.rules import AwardRule, Catalogue, RuleId, Text, find_overlap

if TYPE_CHECKING:
    from kiosk.toml_files import TomlFile

BUILT_IN = Path(__file__).parent / "data" / "built_in.json"
"""All rows that come with the product. To read them as TOML takes ten times as long as to decide by them."""
DIGITS = 12
"""Hexadecimal digits of the digest of a row."""


class CatalogueFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the catalogue."""

    city: Text | None = None
    leave_out: tuple[RuleId, ...] = ()
    categories: dict[str, tuple[Text, ...]] = {}
    awards: tuple[AwardRule, ...] = msgspec.field(default=(), name="award")


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """The built-in rows, with those of a home's folder, if it has a file. Raises: SettingsError, with file and line."""
    built_in = load_built_in()
    if folder is None or not (path := folder / CATALOGUE_FILE).exists():
        return Catalogue(built_in)
    from kiosk.toml_files import TomlFile  # noqa: PLC0415 - few homes have rows of their own

    file = TomlFile.read(path)
    own = file.convert(CatalogueFile)
    _check(own, file, built_in)
    aliases = {compose(word): tuple(compose(alias) for alias in aliases) for word, aliases in own.categories.items()}
    return Catalogue(built_in, own.awards, own.city, frozenset(own.leave_out), aliases)


@cache
def load_built_in() -> tuple[AwardRule, ...]:
    """The rows that come with the product."""
    return decode_json(BUILT_IN.read_bytes(), tuple[AwardRule, ...])


def compute_rule_digest(catalogue: Catalogue, rule: AwardRule) -> str:
    """A short digest of the conditions of an award, by which a later change of the catalogue shows.

    A field that a row does not use is not in it: a program that knows one more computes the same.
    """
    city = catalogue.city if rule.city is not None or rule.scope == "city" else None
    return hashlib.sha256(msgspec.json.encode([rule, city], order="sorted")).hexdigest()[:DIGITS]


def _check(own: CatalogueFile, file: "TomlFile", built_in: Sequence[AwardRule]) -> None:
    """What the types cannot say. Raises: SettingsError."""
    known = {rule.id for rule in (*built_in, *own.awards)}
    for word in own.leave_out:
        if word not in known:
            raise file.build_error(("leave_out",), SettingsText.UNKNOWN_AWARD.fill(award=word))
    words = {category for rule in (*built_in, *own.awards) for category in rule.categories}
    for word in own.categories:
        if word not in words:
            raise file.build_error(("categories", word), SettingsText.UNKNOWN_CATEGORY.fill(category=word))
    for index, rule in enumerate(own.awards):
        for field, complaint in _check_row(rule):
            raise file.build_error(("award", index, field), complaint)
    if (index := find_overlap(own.awards)) is not None:
        complaint = SettingsText.AWARD_TWICE.fill(award=own.awards[index].id)
        raise file.build_error(("award", index, "id"), complaint)


def _check_row(rule: AwardRule) -> Iterator[tuple[str, str]]:
    """The fields that do not fit each other, with what is wrong."""
    if (rule.scope == "category") != bool(rule.categories):
        yield "categories", SettingsText.CATEGORIES_AND_SCOPE.fill()
    if rule.scope == "city" and rule.city is None:
        yield "scope", SettingsText.SCOPE_NEEDS_CITY.fill()
    if rule.effective_to is not None and rule.effective_to < rule.effective_from:
        yield "effective_to", SettingsText.YEARS_REVERSED.fill()
