"""The interface for other systems: tokens with scopes, commands carried out once, rows of the read commands."""

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from domain.model.api_tokens import ApiTokens
from domain.model.desk_account import Role
from kiosk.accounts.api_tokens import ApiTokenDirectory
from kiosk.batch.commands import COMMANDS
from kiosk.cli.token import SCOPES
from kiosk.desk.api.openapi import build_document
from kiosk.desk.api.read import READ_MODELS
from kiosk.desk.api.scopes import SCOPE_OF_COMMAND
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.words.language import StaffLanguage, use_program_language
from tests.kiosk.desk.conftest import Browser, DeskSite, fill_home, serve
from tests.support.kiosk_program import run_kiosk


class Answer(NamedTuple):
    status: int
    body: Any


class System(NamedTuple):
    """A system that talks to the desk."""

    port: int
    token: str

    def get(self, path: str) -> Answer:
        return self.send("GET", path, None, {})

    def post(self, path: str, body: str | bytes | dict[str, Any], **headers: str) -> Answer:
        text = json.dumps(body) if isinstance(body, dict) else body
        return self.send("POST", path, text, {name.replace("_", "-"): value for name, value in headers.items()})

    def send(self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]) -> Answer:
        authorization = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        page = Browser(self.port).send(method, path, body, {**authorization, **headers})
        return Answer(page.status, json.loads(page.text))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    with serve(fill_home(tmp_path_factory.mktemp("api"))) as served:
        yield served


def issue(home: Path, name: str, *scopes: str) -> str:
    options = [part for scope in scopes for part in ("--scope", scope)]
    return run_kiosk("token", "issue", name, *options, "--home", home).out.strip()


@pytest.fixture(scope="module")
def system(site: DeskSite) -> System:
    """A system that may do everything."""
    return System(site.port, issue(site.home, "hr", *SCOPES))


TRAINING = {"volunteer": "V001", "kind": "basic", "on": "2024-03-01"}
PATH = "/api/commands/complete_training"

# --- Tokens ---


def test_a_token_opens_what_its_scopes_say_and_nothing_else(site: DeskSite) -> None:
    reader = System(site.port, issue(site.home, "reader", "read"))
    assert reader.get("/api/visits").status == 200
    assert reader.post(PATH, TRAINING) == (
        403,
        {"error": "this token is not for people: have one issued with that scope"},
    )
    writer = System(site.port, issue(site.home, "writer", "people"))
    assert (writer.get("/api/visits").status, writer.post(PATH, TRAINING).status) == (403, 200)


@pytest.mark.parametrize("token", ["", "kiosk-made-up", "x" * 10_000, "é"])
def test_without_a_token_that_is_known_nothing_is_answered(site: DeskSite, token: str) -> None:
    assert System(site.port, token).get("/api/visits").status == 401
    assert System(site.port, token).post(PATH, TRAINING).status == 401


def test_a_session_of_a_browser_is_no_token(site: DeskSite) -> None:
    """So that no page of another site can use it."""
    assert site.share_browser("coordinator").get("/api/visits").status == 401


def test_a_token_is_void_once_another_is_issued_or_it_is_revoked(site: DeskSite) -> None:
    first, second = (System(site.port, issue(site.home, "twice", "read")) for _ in range(2))
    assert (first.get("/api/exits").status, second.get("/api/exits").status) == (401, 200)
    assert run_kiosk("token", "revoke", "twice", "--home", site.home).status == 0
    assert second.get("/api/exits").status == 401
    refused = run_kiosk("token", "revoke", "twice", "--home", site.home)
    assert (refused.status, refused.first_error_line) == (
        1,
        "kiosk: twice has no token: `kiosk token list` lists the systems that have one",
    )


def test_neither_log_nor_people_store_holds_a_token(site: DeskSite) -> None:
    token = issue(site.home, "secret", "read")
    with Home.open(site.home) as home:
        assert ApiTokenDirectory(home).find_system(token) == ("secret", ["read"])
    written = b"".join(path.read_bytes() for path in site.home.iterdir() if path.is_file())
    assert token.encode() not in written
    assert run_kiosk("token", "list", "--home", site.home).out.count("secret  read") == 1


def test_two_tokens_issued_at_once_both_count(tmp_path: Path) -> None:
    folder = fill_home(tmp_path)
    with Home.open(folder) as one, Home.open(folder) as other:
        first, second = ApiTokenDirectory(one), ApiTokenDirectory(other)
        first.list_systems()
        by = one.people.ensure_actor(SYSTEM_ACTOR)
        tokens = [first.issue("a", ["read"], by), second.issue("b", ["taps"], by)]
        assert [first.find_system(token) for token in tokens] == [("a", ["read"]), ("b", ["taps"])]
        assert len(one.log.read_stream(ApiTokens.of_home().id)) == 2


# --- Commands ---


def test_a_command_with_a_key_is_carried_out_once(system: System) -> None:
    answers = [system.post(PATH, TRAINING, Idempotency_Key="once") for _ in range(2)]
    assert answers == [(200, {"status": "done"}), (200, {"status": "repeated"})]
    other = system.post(PATH, {**TRAINING, "on": "2024-03-02"}, Idempotency_Key="once")
    assert (other.status, other.body["status"]) == (422, "unusable")


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_a_refusal_says_why_in_english_whatever_the_desk_speaks(system: System, language: StaffLanguage) -> None:
    with use_program_language(language):
        answer = system.post(PATH, {**TRAINING, "volunteer": "V404"})
    assert answer == (
        409,
        {
            "status": "refused",
            "sentence": "there is no volunteer V404: check the number, or use enrol_volunteer first",
        },
    )


def test_the_author_is_the_system(site: DeskSite, system: System) -> None:
    leave = {"volunteer": "V001", "name": "王小美", "reason": "married"}
    assert system.post("/api/commands/change_person", leave).status == 200
    rows = json.loads(run_kiosk("volunteers", "--changes", "--format", "json", "--home", site.home).out)
    assert [row["by"] for row in rows] == ["hr"]


def test_null_is_what_it_is_in_a_batch(site: DeskSite, system: System) -> None:
    """What was there goes (R-121)."""
    for number in ("04-2627", None):
        assert system.post("/api/commands/change_person", {"volunteer": "V001", "telephone": number}).status == 200
        with Home.open(site.home) as home:
            volunteer = home.people.find_id("V001")
            assert volunteer
            assert home.people.load_details(volunteer).telephone == number


def test_an_instant_that_is_given_is_when_it_happened(site: DeskSite, system: System) -> None:
    assert system.post("/api/commands/tap", {"card": "04000000000001", "at": "2026-10-30T08:57:00"}).status == 200
    visits = json.loads(run_kiosk("visits", "--format", "json", "--home", site.home).out)
    assert [visit["check_in"] for visit in visits] == ["2026-10-30T08:57:00+08:00"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 422),
        ("[]", 422),
        ("1", 422),
        ("{", 422),
        ('{"volunteer":"V001","volunteer":"V002","kind":"basic","on":"2024-03-01"}', 422),
        ('{"by":"someone"}', 422),
        ('{"do":"open_unit"}', 422),
        ('{"file":"/etc/passwd"}', 422),
        ('{"volunteer":"V001","kind":"basic","on":"2024-03-01","recorded_at":"2026-01-01T08:00"}', 422),
        ('{"volunteer":"V001","kind":"basic","on":"2024-02-30"}', 422),
        ('{"volunteer":"V001","kind":"basic","on":"2024-03-01","unknown":NaN}', 422),
        (b"\xff", 422),
        ("[" * 100_000, 422),
        (" " * 300_000, 413),
    ],
)
def test_a_body_that_is_no_command_changes_nothing(system: System, body: str | bytes, status: int) -> None:
    answer = system.post(PATH, body)
    assert answer.status == status
    assert answer.body.get("status", "unusable") == "unusable"


def test_what_there_is_not_is_not_found(system: System) -> None:
    assert [system.get(path).status for path in ("/api/nothing", "/api/", "/api/visits/1")] == [404] * 3
    assert system.post("/api/commands/drop_everything", {}).status == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_command_that_was_not_sent_with_post_is_refused_in_json(system: System, method: str) -> None:
    assert system.send(method, PATH, None, {}) == (405, {"error": "send this with POST"})


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_rows_that_were_not_asked_for_with_get_are_refused_in_json(system: System, method: str) -> None:
    assert system.send(method, "/api/visits", None, {}) == (405, {"error": "send this with GET"})


# --- Reading ---


@pytest.mark.parametrize("name", READ_MODELS)
def test_the_rows_are_those_of_the_read_command(site: DeskSite, system: System, name: str) -> None:
    printed = run_kiosk(name, "--format", "json", "--home", site.home)
    assert system.get(f"/api/{name}") == (200, json.loads(printed.out))


def test_rows_are_narrowed_and_of_the_past(system: System) -> None:
    duty = system.get("/api/duties?from=2026-11-19&to=115-11-19&volunteer=V001").body
    assert [row["shift"] for row in duty] == ["S1"]
    assert system.get("/api/duties?from=2026-11-20").body == []
    assert system.get("/api/duties?as_of=2026-11-01T07:59").status in (200, 400)
    assert system.get("/api/hours?by=month,category").body == []


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-02-30",
        "from=2026-11-20&to=2026-11-19",
        "volunteer=V404",
        "as_of=yesterday",
        "as_of=2999-01-01",
        "by=week",
        "unknown=1",
        "from=2026-11-19&from=2026-11-20",
    ],
)
def test_a_parameter_that_cannot_be_used_is_a_sentence(system: System, query: str) -> None:
    answer = system.get(f"/api/hours?{query}")
    assert (answer.status, len(answer.body["error"]) > 10) == (400, True)


# --- The document ---


def test_the_document_lists_every_command_and_read_model(site: DeskSite) -> None:
    page = Browser(site.port).get("/api/openapi.json")
    document = json.loads(page.text)
    assert document == json.loads(json.dumps(build_document()))
    assert document["paths"].keys() == {f"/api/{name}" for name in READ_MODELS} | {
        f"/api/commands/{do}" for do in COMMANDS
    }
    training = document["components"]["schemas"]["CompleteTraining"]
    assert training["required"] == ["volunteer", "kind"]
    assert not {"do", "by", "key"} & training["properties"].keys()
    assert "file" not in document["components"]["schemas"]["ImportCalendar"]["properties"]
    assert "\\A" not in page.text, "a pattern that only Python reads"


def test_every_command_has_a_scope_of_its_own_subject() -> None:
    assert {do: SCOPE_OF_COMMAND[do] for do in ("tap", "open_unit", "adopt_policy", "assign", "void_visit")} == {
        "tap": "taps",
        "open_unit": "unit",
        "adopt_policy": "unit",
        "assign": "roster",
        "void_visit": "corrections",
    }
    assert SCOPE_OF_COMMAND.keys() == COMMANDS.keys()


@pytest.mark.parametrize("role", ["auditor"])
def test_the_interface_is_no_page_of_an_account(site: DeskSite, role: Role) -> None:
    assert site.share_browser(role).get("/api/hours").status == 401
