"""The first time that a struct is asked for, two threads may ask at once: without a lock that ends the process."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
ASKERS = {Path("domain/typed_decoding.py"), Path("devices/validation.py")}
"""The modules that hold a lock while they ask."""
ASKING = {"msgspec.convert", "msgspec.json.Decoder", "msgspec.msgpack.Decoder"}
DECODING = {"msgspec.json.decode", "msgspec.msgpack.decode"}
STRUCTS, THREADS = 40, 6
PROGRAM = f"""
import sys
from threading import Barrier, Thread
import msgspec
from devices import validation
from domain import typed_decoding
sys.setswitchinterval(1e-6)
FIELDS, JSON = {{"last": 1}}, b'{{"last": 1}}'

def ask(kind, barrier):
    barrier.wait()
    assert ({{call}}).last == 1

for _ in range({STRUCTS}):
    inner = [msgspec.defstruct(f"Inner{{number}}", [("field", int)]) for number in range(5)]
    kind = msgspec.defstruct("Kind", [*((one.__name__, one | None, None) for one in inner), ("last", int, 0)])
    barrier = Barrier({THREADS})
    threads = [Thread(target=ask, args=(kind, barrier)) for _ in range({THREADS})]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


@pytest.mark.parametrize(
    "call",
    [
        "typed_decoding.decode_json(JSON, kind)",
        "typed_decoding.build_json_decoder(kind).decode(JSON)",
        "typed_decoding.decode_msgpack(msgspec.msgpack.encode(FIELDS), kind)",
        "typed_decoding.convert(FIELDS, kind)",
        "validation.convert(FIELDS, kind)",
    ],
)
def test_threads_may_ask_for_a_struct_at_once(call: str) -> None:
    program = PROGRAM.replace("{call}", call)
    done = subprocess.run([sys.executable, "-c", program], cwd=HERE, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def find_askers(file: Path) -> list[str]:
    """Calls by which `msgspec` is asked for a type, as `name:line`."""
    calls = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    named = [(ast.unparse(call.func), call) for call in calls]
    return [
        f"{file.relative_to(HERE)}:{call.lineno}"
        for name, call in named
        if name in ASKING or (name in DECODING and any(keyword.arg == "type" for keyword in call.keywords))
    ]


def test_msgspec_is_asked_for_a_type_in_two_modules_alone() -> None:
    folders = ("domain", "projections", "devices", "kiosk")
    files = [file for folder in folders for file in (HERE / folder).rglob("*.py")]
    assert [one for file in files if file.relative_to(HERE) not in ASKERS for one in find_askers(file)] == []
    assert all(find_askers(HERE / file) for file in ASKERS)
