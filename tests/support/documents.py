"""The documents and the code beside them: sections, tables and quoted blocks."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import domain

ROOT = Path(domain.__file__).parents[1]
DOCUMENTS = (
    *("README.md", "README.zh-TW.md", "CONTRIBUTING.md", "CHANGELOG.md", "DECISIONS.md", "GLOSSARY.md"),
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("*.md"))),
)
PACKAGES = ("devices", "domain", "projections", "kiosk")
FENCE = re.compile(r"^```(\w*)[ ]?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORD = re.compile(r"`([^`]+)`")


@cache
def read_document(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


@cache
def read_code() -> str:
    """All source of the four packages."""
    files = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def find_section(document: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level."""
    level = heading.split(" ", maxsplit=1)[0]
    _, found, rest = f"\n{read_document(document)}".partition(f"\n{heading}\n")
    assert found, f"{document} has no {heading!r}"
    return re.split(rf"^#{{1,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def parse_table(text: str) -> list[list[str]]:
    """The rows of the first table, without its head."""
    found = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    lines = found[0].splitlines()[2:] if found else []
    return [[cell.strip() for cell in line.strip("|").split(" |")] for line in lines]


def find_blocks(document: str, language: str) -> Iterator[tuple[str, str]]:
    """The fenced blocks of a language: what stands beside it, and what is in it."""
    for found, beside, content in FENCE.findall(read_document(document)):
        if found == language:
            yield beside, content
