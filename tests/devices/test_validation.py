"""What msgspec says about a value that does not fit, as a code with the field's name; and the line it stands on."""

from datetime import date, time
from typing import Annotated, Literal

import pytest
from msgspec import Meta, Struct

from devices.faults import Choices, Fault, FieldFault, FieldKind, FieldLimit, TextForm
from devices.validation import FieldError, Place, convert, find_line


class Round(Struct, forbid_unknown_fields=True, tag_field="shape", tag="round"):
    radius: Annotated[float, Meta(ge=0, le=9)]


class Square(Struct, forbid_unknown_fields=True, tag_field="shape", tag="square"):
    side: int


class Item(Struct, forbid_unknown_fields=True):
    figure: Round | Square | None = None
    name: Annotated[str, Meta(pattern=TextForm.SHORT_TEXT.value, max_length=20)] = "x"
    width: Literal[26, 32] | None = None


class Box(Struct, forbid_unknown_fields=True):
    item: Annotated[list[Item], Meta(min_length=1)]


def find_fault(item: object) -> Fault:
    with pytest.raises(FieldError) as refusal:
        convert({"item": [{}, item]}, Box)
    assert refusal.value.place[:2] == ("item", 1)
    return refusal.value.fault


@pytest.mark.parametrize(
    ("item", "code", "fields"),
    [
        ({"nome": "a"}, FieldFault.UNKNOWN, {"name": "nome", "choices": Choices(("figure", "name", "width"), "name")}),
        ({"name": " a"}, FieldFault.WRONG_FORM, {"name": "name", "form": TextForm.SHORT_TEXT}),
        ({"name": "a" * 21}, FieldFault.WRONG_LENGTH, {"name": "name", "limit": FieldLimit.AT_MOST, "value": "20"}),
        ({"name": 5}, FieldFault.WRONG_KIND, {"name": "name", "kinds": (FieldKind.TEXT,), "kind": FieldKind.WHOLE}),
        (
            {"name": date(2026, 1, 1)},
            FieldFault.WRONG_KIND,
            {"name": "name", "kinds": (FieldKind.TEXT,), "kind": FieldKind.DATE},
        ),
        (
            {"name": time(7)},
            FieldFault.WRONG_KIND,
            {"name": "name", "kinds": (FieldKind.TEXT,), "kind": FieldKind.TIME},
        ),
        (
            {"width": 33},
            FieldFault.NOT_A_CHOICE,
            {"name": "width", "value": "33", "choices": Choices(("26", "32"), None)},
        ),
        ({"figure": {}}, FieldFault.MISSING, {"name": "figure.shape"}),
        (
            {"figure": {"shape": "oval"}},
            FieldFault.NOT_A_CHOICE,
            {"name": "figure.shape", "value": "'oval'", "choices": Choices(("round", "square"), None)},
        ),
        (
            {"figure": {"shape": "square", "radius": 1}},
            FieldFault.UNKNOWN,
            {"name": "figure.radius", "choices": Choices(("shape", "side"), None)},
        ),
        (
            {"figure": {"shape": "round", "radius": float("nan")}},
            FieldFault.OUT_OF_RANGE,
            {"name": "figure.radius", "limit": FieldLimit.AT_LEAST, "value": "0.0"},
        ),
    ],
)
def test_what_does_not_fit_is_a_code_with_the_field(item: object, code: FieldFault, fields: dict[str, object]) -> None:
    assert find_fault(item) == Fault(code, fields | {"name": f"item[1].{fields['name']}"})


def test_a_list_that_must_not_be_empty_says_how_many() -> None:
    with pytest.raises(FieldError) as refusal:
        convert({"item": []}, Box)
    fields = {"name": "item", "limit": FieldLimit.AT_LEAST, "value": "1"}
    assert refusal.value.fault == Fault(FieldFault.WRONG_COUNT, fields)


def test_every_form_is_an_expression_that_msgspec_names_so() -> None:
    for form in TextForm:
        kind = Annotated[str, Meta(pattern=form.value)]
        with pytest.raises(FieldError) as refusal:
            convert("\x00", kind)  # type: ignore[arg-type]
        assert refusal.value.fault.fields["form"] is form


TEXT = """\
# name = "a comment, name = 1"
zone = "x, name = y"
[[item]]
name = "a"
[[item]]
# width = 1
figure = { shape = "round", radius = 5 }
"width" = 26
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("zone",), 2),
        (("name",), 4),
        (("absent",), None),
        (("item", 0, "name"), 4),
        (("item", 0, "width"), 3),
        (("item", 1, "width"), 8),
        (("item", 1, "figure", "radius"), 7),
        (("item", 1, "figure", "absent"), 7),
    ],
)
def test_the_line_is_that_of_the_field_or_of_what_is_around_it(place: Place, line: int | None) -> None:
    assert find_line(TEXT, place) == line


QUOTED = """\
[items]
"0010" = "0020"
"0020" = 'x'

[posts."front desk"]
item = "0010"

[posts."back office"]
item = "0020"
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("items", "0010"), 2),
        (("items", "0020"), 3),
        (("posts", "front desk", "item"), 6),
        (("posts", "back office", "item"), 9),
    ],
)
def test_a_name_in_quotation_marks_is_a_field_and_a_text_is_none(place: Place, line: int) -> None:
    assert find_line(QUOTED, place) == line


def test_what_fits_is_the_struct_that_its_tag_names() -> None:
    assert convert({"item": [{"figure": {"shape": "square", "side": 2}}]}, Box) == Box([Item(Square(2))])
