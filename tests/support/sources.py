"""The source files of the product, and their syntax trees."""

import ast
from functools import cache
from pathlib import Path

import domain
from domain.log.gc_pause import PausedCollection

ROOT = Path(domain.__file__).parents[1]
PACKAGES = ("domain", "projections", "devices", "kiosk")


@cache
def list_files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@cache
def parse(path: Path) -> ast.Module:
    with PausedCollection():
        return ast.parse(path.read_text(encoding="utf-8"), str(path))


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))
