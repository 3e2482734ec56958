"""The unit's own file of awards: rows added and replaced, and typing errors by file and line (R-080)."""

from pathlib import Path

import pytest

from kiosk.awards.catalogue import BUILT_IN, load_catalogue
from kiosk.errors import SettingsError
from kiosk.home_files import CATALOGUE_FILE
from projections.evaluation.awards.rules import Catalogue
from tests.support.built_in_awards import FILES, build_built_in

ROW = """
[[award]]
id = "county-model"
name = "縣長獎"
name_en = "County award"
organiser = "縣政府"
source = "公告"
effective_from = 2026
hours_min = 200
"""


def load(folder: Path, text: str) -> Catalogue:
    (folder / CATALOGUE_FILE).write_text(text, encoding="utf-8")
    return load_catalogue(folder)


def test_the_built_in_rows_are_read_as_their_files_say_them() -> None:
    assert BUILT_IN.read_bytes() == build_built_in(), "python -m tests.support.built_in_awards"
    assert {path.stem for path in BUILT_IN.parent.glob("*.toml")} == {*FILES}


def test_a_home_without_a_file_has_the_rows_of_the_product(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path).list_rules(2026) == load_catalogue().list_rules(2026)


def test_a_row_of_the_unit_is_added_from_its_year_on(tmp_path: Path) -> None:
    catalogue = load(tmp_path, ROW)
    assert [rule.id for rule in catalogue.list_rules(2026)][-1] == "county-model"
    assert "county-model" not in [rule.id for rule in catalogue.list_rules(2025)]


def test_a_row_of_the_unit_takes_the_place_of_one_of_the_product_in_its_years(tmp_path: Path) -> None:
    """R-080."""
    catalogue = load(tmp_path, ROW.replace("county-model", "honor-card"))
    hours = {year: {rule.id: rule.hours_min for rule in catalogue.list_rules(year)} for year in (2025, 2026)}
    assert [hours[year]["honor-card"] for year in (2025, 2026)] == [300, 200]


def test_awards_of_other_cities_and_those_left_out_are_not_asked_about(tmp_path: Path) -> None:
    catalogue = load(tmp_path, 'city = "臺中市"\nleave_out = ["court-counter"]\n')
    left = {rule.id for rule in catalogue.list_rules(2026)}
    assert {rule.city for rule in catalogue.list_rules(2026)} == {None}
    assert "court-counter" not in left
    assert "honor-card" in left


def test_a_category_may_have_another_name_in_the_unit(tmp_path: Path) -> None:
    catalogue = load(tmp_path, 'categories = { "戶政" = ["household"] }\n')
    rule = next(rule for rule in catalogue.list_rules(2026) if rule.id == "taipei-household")
    assert rule.categories == ("戶政", "household")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (ROW + "hour_min = 3\n", 10, "`award[0].hour_min`: did you mean `hours_min`?"),
        (ROW + 'scope = "country"\n', 10, "it is one of all, category, city, unit"),
        (ROW + ROW.replace("2026", '"2026"').replace("county", "other"), 17, "must be a whole number, not text"),
        (ROW + 'counted_until = "31-12"\n', 10, "a month and a day such as 12-31"),
        (ROW + 'scope = "category"\n', 2, "belong together"),
        (ROW + 'scope = "city"\n', 10, "needs a `city`"),
        (ROW + "effective_to = 2025\n", 10, "before `effective_from`"),
        (ROW + "\n" + ROW, 13, "two rows of the award 'county-model'"),
        ('leave_out = ["honour-card"]\n', 1, "no award 'honour-card'"),
        ('categories = { "戶籍" = ["household"] }\n', 1, "'戶籍'"),
        (ROW + "[[award.either]]\nhours_min = 1\n[[award.either]]\nhours_min = -1\n", 13, "at least 0"),
        ("[[award]\n", 1, "a bracket is not closed"),
    ],
)
def test_a_typing_error_is_reported_with_file_and_line(tmp_path: Path, text: str, line: int | None, words: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(tmp_path, text)
    place = f"{tmp_path / CATALOGUE_FILE}:{line}: " if line else f"{tmp_path / CATALOGUE_FILE}: "
    assert str(refused.value).startswith(place)
    assert words in str(refused.value)


def test_a_file_that_is_not_utf_8_is_reported(tmp_path: Path) -> None:
    (tmp_path / CATALOGUE_FILE).write_bytes(b'city = "\xa5x"\n')
    with pytest.raises(SettingsError, match="UTF-8"):
        load_catalogue(tmp_path)
