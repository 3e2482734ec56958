"""The document by which a program learns the interface (OpenAPI 3.1): made from the commands and the read models."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

import msgspec

from devices.faults import TextForm
from kiosk.batch.command import BatchCommand
from kiosk.batch.commands import COMMANDS
from kiosk.batch.fields import BirthDate, Card, Day, Instant, Month, NationalId, PersonName
from kiosk.desk.api.read import READ_MODELS
from kiosk.desk.api.scopes import SCOPE_OF_COMMAND
from kiosk.words.api import ApiDescription

FORMS: dict[type, ApiDescription] = {
    Instant: ApiDescription.INSTANT,
    Day: ApiDescription.DAY,
    Month: ApiDescription.MONTH,
    BirthDate: ApiDescription.BIRTH_DATE,
    PersonName: ApiDescription.NAME,
    NationalId: ApiDescription.NATIONAL_ID,
    Card: ApiDescription.CARD,
}
COMMON_ANSWERS = {"401": ApiDescription.NO_TOKEN, "403": ApiDescription.NO_SCOPE, "503": ApiDescription.UNAVAILABLE}
READ_ANSWERS = {"200": ApiDescription.ROWS, "400": ApiDescription.BAD_PARAMETER, **COMMON_ANSWERS}
ANSWERS = {
    "200": ApiDescription.DONE,
    "409": ApiDescription.REFUSED,
    "413": ApiDescription.TOO_LARGE,
    "422": ApiDescription.UNUSABLE,
    **COMMON_ANSWERS,
}
SET_BY_SERVER = ("by", "key")
"""Fields of a line that the interface fills in: from the token, and from the header Idempotency-Key."""
PARAMETERS: dict[str, dict[str, Any]] = {
    "from": {"type": "string", "format": "date"},
    "to": {"type": "string", "format": "date"},
    "as_of": {"type": "string", "format": "date-time"},
    "volunteer": {"type": "string", "minLength": 1},
    "by": {"type": "string", "enum": ["month", "category", "month,category"]},
}
NOT_TAKEN = ("do", *SET_BY_SERVER, "file", "recorded_at")
"""Fields of a line that a request cannot give: the address says `do`, a file would be one of the server's, and what is
recorded is recorded now."""
PORTABLE: dict[str, dict[str, Any]] = {
    TextForm.IDENTIFIER.value: {"minLength": 1, "maxLength": 128},
    TextForm.SHORT_TEXT.value: {"minLength": 1, "maxLength": 128},
    TextForm.FREE_TEXT.value: {"minLength": 1},
    TextForm.CLOCK_TIME.value: {"pattern": "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"},
}
"""What a schema says in place of a pattern that only Python reads."""


@cache
def build_document() -> dict[str, Any]:
    """The whole document."""
    schemas, components = msgspec.json.schema_components(
        COMMANDS.values(), ref_template="#/components/schemas/{name}", schema_hook=_describe_field
    )
    bodies = dict(zip(COMMANDS, schemas, strict=True))
    for schema in components.values():
        for name in NOT_TAKEN:
            schema.get("properties", {}).pop(name, None)
        schema["required"] = [name for name in schema.get("required", ()) if name not in NOT_TAKEN]
        _replace_patterns(schema)
    return {
        "openapi": "3.1.0",
        "info": {"title": ApiDescription.TITLE.fill(), "version": "1", "description": ApiDescription.ABOUT.fill()},
        "security": [{"token": []}],
        "paths": {
            **{f"/api/{name}": {"get": _describe_read_model(name)} for name in READ_MODELS},
            **{f"/api/commands/{do}": {"post": _describe_command(do, bodies[do])} for do in COMMANDS},
        },
        "components": {"schemas": components, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _replace_patterns(schema: Any) -> None:
    """Say what a text must look like so that every program understands it."""
    if isinstance(schema, list):
        for part in cast("list[Any]", schema):
            _replace_patterns(part)
    elif isinstance(schema, dict):
        found = cast("dict[str, Any]", schema)
        found.update(PORTABLE.get(found.pop("pattern", ""), {}))
        for part in [*found.values()]:
            _replace_patterns(part)


def _describe_field(kind: type) -> dict[str, Any]:
    return {"type": "string", "description": FORMS[kind].fill()}


def _describe_read_model(name: str) -> dict[str, Any]:
    model = READ_MODELS[name]
    return {
        "operationId": name,
        "summary": model.about.fill(),
        "parameters": [{"name": one, "in": "query", "schema": PARAMETERS[one]} for one in model.parameters],
        "responses": _describe_answers(READ_ANSWERS),
    }


def _describe_command(do: str, body: dict[str, Any]) -> dict[str, Any]:
    kind: type[BatchCommand] = COMMANDS[do]
    header = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
    return {
        "operationId": do,
        "summary": (kind.__doc__ or "").partition("\n")[0],
        "description": ApiDescription.SCOPE.fill(scope=SCOPE_OF_COMMAND[do]),
        "parameters": [header],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": _describe_answers(ANSWERS),
    }


def _describe_answers(answers: Mapping[str, ApiDescription]) -> dict[str, Any]:
    return {
        status: {"description": text.fill(), "content": {"application/json": {}}}
        for status, text in sorted(answers.items())
    }
