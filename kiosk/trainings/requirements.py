"""The requirements of trainings by kind and category, as TOML files have them (R-003, R-004, R-074, R-075).

Rule: the table of Taipei comes with the program; rows of `trainings.toml` in the home replace those of the same kind
and category. A field that is not understood stops the program with file and line; nothing is guessed.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from devices.faults import ShortText
from domain.ids import compose
from domain.model.training import Requirement
from kiosk.home_files import TRAININGS_FILE
from kiosk.toml_files import TomlFile
from kiosk.words.trainings import CATEGORY_SUFFIX, TrainingsText

TrainingKind = Literal["basic", "special", "growth", "leadership", "in_service"]
Module = Literal["ethics", "regulations", "experience"]
"""The modules of basic training (R-003)."""

Hours = Annotated[float, Meta(gt=0, le=1000)]

RowKey = tuple[TrainingKind, str | None]
"""A kind, and the category of a special training."""


class Course(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One course of a training."""

    title: ShortText
    hours: Hours | None = None
    """None where the source gives none."""
    module: Module | None = None
    """What a batch calls it, where it is a module that is recorded by itself."""


class RequirementRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One `[[training]]`."""

    kind: TrainingKind
    categories: tuple[ShortText, ...] = ()
    """All names of the category of a special training."""
    authority: ShortText | None = None
    """The office that demands it."""
    hours: Hours | None = None
    """What all sessions must add up to."""
    courses: tuple[Course, ...] = ()

    @property
    def modules(self) -> frozenset[str]:
        """The modules that must be done."""
        return frozenset(course.module for course in self.courses if course.module)

    def list_keys(self) -> Iterator[RowKey]:
        """What it is a row of."""
        if self.kind != "special":
            yield self.kind, None
        for category in self.categories if self.kind == "special" else ():
            yield self.kind, _compose_category(category)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rows: Annotated[tuple[RequirementRow, ...], Meta(min_length=1)] = msgspec.field(name="training")


class TrainingRequirements:
    """The rows in force in a home."""

    def __init__(self, rows: Mapping[RowKey, RequirementRow]) -> None:
        self._rows = rows

    def find_row(self, kind: str, category: str | None) -> RequirementRow | None:
        """The row of a training; None where nothing says what it needs."""
        name = _compose_category(category) if category and kind == "special" else None
        return next((row for key, row in self._rows.items() if key == (kind, name)), None)

    def find_requirement(self, kind: str, category: str | None) -> Requirement:
        """What a training needs; a category without a row needs no certain hours."""
        row = self.find_row(kind, category)
        return Requirement(row.hours, row.modules) if row else Requirement()


def load_requirements(home: Path) -> TrainingRequirements:
    """The table of Taipei with the rows of a home in place of its own. Raises: SettingsError."""
    own = home / TRAININGS_FILE
    return TrainingRequirements({**_load_taipei(), **(_load_rows(own) if own.exists() else {})})


@cache
def _load_taipei() -> dict[RowKey, RequirementRow]:
    return _load_rows(Path(str(files("kiosk.trainings") / "data" / "taipei.toml")))


def _load_rows(path: Path) -> dict[RowKey, RequirementRow]:
    file = TomlFile.read(path)
    found: dict[RowKey, RequirementRow] = {}
    for index, row in enumerate(file.convert(_File).rows):
        if fault := _find_fault(row, found):
            raise file.build_error(("training", index, fault[0]), fault[1])
        found |= dict.fromkeys(row.list_keys(), row)
    return found


def _find_fault(row: RequirementRow, before: Mapping[RowKey, RequirementRow]) -> tuple[str, str] | None:
    """What the types cannot say: the field and the sentence."""
    if (row.kind == "special") != bool(row.categories):
        return "categories", TrainingsText.CATEGORIES_ARE_OF_SPECIAL.fill()
    if taken := next((key for key in row.list_keys() if key in before), None):
        return ("categories" if taken[1] else "kind"), TrainingsText.ROW_TWICE.fill(name=taken[1] or taken[0])
    if row.kind == "basic" and not row.modules:
        return "courses", TrainingsText.BASIC_NEEDS_MODULES.fill()
    if row.kind != "basic" and row.modules:
        return "courses", TrainingsText.MODULES_ARE_OF_BASIC.fill()
    if row.hours is None and not row.modules:
        return "hours", TrainingsText.NOTHING_NEEDED.fill()
    return None


def _compose_category(category: str) -> str:
    """戶政類 and 戶政 are one category."""
    return compose(category).removesuffix(CATEGORY_SUFFIX)
