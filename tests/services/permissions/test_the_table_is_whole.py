"""No function of the services is missing from the table of who may call it, and the table says what is so."""

import ast
import inspect
import pkgutil
from collections.abc import Callable
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from services.permissions.table import ASKED, CONSOLE, OPEN, WITHIN

import quizlib.services

ROOT = Path(quizlib.services.__file__).parents[2]
WHOLE = list(pkgutil.walk_packages(quizlib.services.__path__, "quizlib.services."))
MODULES = [one.name for one in WHOLE if not one.ispkg]
OPEN_NAMES = list(chain.from_iterable(OPEN.values()))


def functions() -> dict[str, Callable[..., Any]]:
    """Give every public function that a module of the services defines, as `module.name`."""
    found = {}
    for module in MODULES:
        defined = vars(import_module(module))
        for name, one in defined.items():
            here = getattr(one, "__module__", "") == defined["__name__"]
            if here and callable(one) and not inspect.isclass(one) and not name.startswith("_"):
                found[f"{module.rpartition('.')[2]}.{name}"] = one
    return found


def parameters(name: str) -> list[str]:
    return list(inspect.signature(functions()[name]).parameters)


def test_every_function_has_a_row():
    listed = {*ASKED, *OPEN_NAMES, *CONSOLE, *WITHIN}

    assert functions().keys() - listed == set(), "say in tests/services/permissions/table.py who may call it"
    assert listed - functions().keys() == set(), "this function is gone"


def test_no_function_has_two_rows():
    listed = [*ASKED, *OPEN_NAMES, *CONSOLE, *WITHIN]

    assert sorted(set(listed)) == sorted(listed)


def test_whoever_takes_an_actor_first_is_tried_as_everybody():
    assert {name for name in functions() if parameters(name)[:1] == ["actor"]} == ASKED.keys()


def test_only_a_part_of_other_services_takes_an_actor_later():
    assert {name for name in functions() if "actor" in parameters(name)[1:]} <= WITHIN
    assert {parameters(name)[0] for name in WITHIN} == {"app", "connection"}


def called(source: str) -> set[str]:
    """Give the functions of services that a file names, as `module.name`, however it imports them."""
    tree = ast.parse(source)
    found, modules = set(), {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        for one in node.names:
            if f"{node.module}.{one.name}" in MODULES:
                modules[one.asname or one.name] = one.name
            elif node.module in MODULES:
                found.add(f"{node.module.rpartition('.')[2]}.{one.name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found.add(f"{modules[node.value.id]}.{node.attr}")
    return found


def test_no_page_and_no_route_calls_what_asks_nobody():
    files = [ROOT / "quiz_app.py", *(ROOT / "quizlib" / "ui").rglob("*.py"), *(ROOT / "quizlib" / "web").rglob("*.py")]
    calls = {str(file.relative_to(ROOT)): called(file.read_text(encoding="utf-8")) for file in files}

    assert {"study.answer", "signing_in.sign_in"} <= set().union(*calls.values())
    assert {file: wrong for file, found in calls.items() if (wrong := found & (CONSOLE | WITHIN))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from quizlib.services.people import accounts\naccounts.reset(None)",
        "from quizlib.services.people import accounts as a\ndef page(): a.reset(None)",
        "from quizlib.services.people.accounts import reset as r",
    ],
)
def test_a_call_is_found_however_it_is_written(source: str):
    assert "accounts.reset" in called(source)
