"""Run every benchmark of this package, or those that are named, and print one table.

Rule: a benchmark says MISSED, it never fails a build: how fast a machine is says nothing about a change.
"""

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules

import tests.benchmarks
from tests.benchmarks.figures import Figure, format_table


def run_benchmarks(wanted: Iterable[str]) -> Iterator[Figure]:
    """The figures of each module that has some, in the order of their names."""
    for name in sorted(module.name for module in iter_modules(tests.benchmarks.__path__)):
        if name == "__main__" or (wanted and name not in wanted):
            continue
        module = import_module(f"tests.benchmarks.{name}")
        yield from getattr(module, "figures", list)()


if __name__ == "__main__":
    print(format_table(run_benchmarks(sys.argv[1:])))
