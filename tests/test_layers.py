"""The architecture, read off the import statements: what may know what, and what no part of the tool may know."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from briefbook.model.facts import Actor
from briefbook.model.text import LocalText
from briefbook.reading.loading import read_folder

PACKAGE = Path(str(files("briefbook")))
REPOSITORY = Path(__file__).parent.parent
FACTS = REPOSITORY / "content" / "facts"

LAYERS = (
    {"diagnostics", "catalogue", "sarif", "suggestions", "workings"},
    {"model"},
    {"reading", "rules", "coverage", "guidance", "canonical", "comparison", "history", "asof"},
    {"wording"},
    {"charts"},
    {"views"},
    {"pages", "rendering", "drawing", "handwritten", "proofreading", "portable", "typesetting"},
    {"site", "schema", "schemafile", "skeleton", "filing", "adding", "plugin", "overlay", "preview", "navigation", "search", "chartcache", "host", "export", "scaffolding", "fixing", "translationlock", "translations", "editions", "chronicle", "tellings", "revision", "snapshot", "reconstruction", "verify", "pofiles", "poimport", "comparing", "gitfiles", "changereport", "showing", "marking", "publishing", "offline", "stale", "cli", "__main__"},
)
LAYER_OF = {part: number for number, parts in enumerate(LAYERS) for part in parts}
DOORS = len(LAYERS) - 1
# Within a layer only this is forbidden: rules judge a briefing and do not know where it came from.
NEVER = {("rules", "reading")}
HOSTS = {"mkdocs", "material", "click", "zensical"}
OUTSIDE_WORLD = {"socket", "ssl", "http", "urllib.request", "subprocess", "time", "getpass", "requests", "logging"}
ASKS_THE_WORLD = {"getenv", "today", "now", "utcnow", "print", "input", "getcwd", "cwd"}
NOT_A_NOUN = {"utils", "util", "helpers", "helper", "core", "common", "misc", "manager"}

# Words of the tool that have a name of the briefing in them and mean something else.
MEAN_SOMETHING_ELSE = {
    "github": "diagnostics are printed in the form that GitHub shows on a pull request",
    "Microsoft JhengHei": "a typeface that comes with a system, named in style sheets",
    "Microsoft YaHei": "a typeface that comes with a system, named in style sheets",
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def part_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def imports(module: Path) -> Iterator[tuple[int, str]]:
    """Every module or name imported, also inside functions, with its line."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(module)}:{node.lineno}: imports are written from the top"
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def parts_imported(module: Path) -> Iterator[tuple[int, str]]:
    for line, imported in imports(module):
        steps = imported.split(".")
        if steps[0] == "briefbook" and len(steps) > 1 and steps[1] in LAYER_OF:
            yield line, steps[1]


def called_name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""


def lower_modules() -> list[Path]:
    return [module for module in modules() if LAYER_OF.get(part_of(module), DOORS) < DOORS and part_of(module) != "__init__"]


def test_every_part_has_a_layer() -> None:
    parts = {part_of(module) for module in modules()} - {"__init__"}
    assert set() == parts - set(LAYER_OF)


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_a_lower_layer_never_imports_a_higher_one(module: Path) -> None:
    mine = part_of(module)
    own = LAYER_OF.get(mine, DOORS)
    wrong = [
        f"line {line}: {mine} ({own}) imports {other} ({LAYER_OF[other]})"
        for line, other in parts_imported(module)
        if LAYER_OF[other] > own or (mine, other) in NEVER
    ]
    assert [] == wrong


def test_no_module_imports_itself_in_a_roundabout_way() -> None:
    by_name = {("briefbook." + name_of(m).removesuffix(".py").replace("/", ".")).removesuffix(".__init__"): m for m in modules()}
    needs = {name: {found for _, found in imports(module)} & set(by_name) - {name} for name, module in by_name.items()}
    while free := [name for name, needed in needs.items() if not needed & set(needs)]:
        for name in free:
            del needs[name]
    assert [] == sorted(needs)


@pytest.mark.parametrize("module", lower_modules(), ids=name_of)
def test_only_doors_know_a_host(module: Path) -> None:
    assert [] == [(line, found) for line, found in imports(module) if found.split(".")[0] in HOSTS]


@pytest.mark.parametrize("module", lower_modules(), ids=name_of)
def test_only_doors_touch_network_clock_environment_or_console(module: Path) -> None:
    imported = [found for _, found in imports(module) if found in OUTSIDE_WORLD]
    nodes = list(ast.walk(tree_of(module)))
    called = [(node.lineno, name) for node in nodes if isinstance(node, ast.Call) and (name := called_name(node)) in ASKS_THE_WORLD]
    called += [(node.lineno, "environ") for node in nodes if isinstance(node, ast.Attribute) and node.attr == "environ"]
    assert ([], []) == (imported, called)


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_a_module_opens_with_what_it_holds(module: Path) -> None:
    described = ast.get_docstring(tree_of(module)) or ""
    assert described.strip().endswith("."), f"{name_of(module)} says: {described!r}"


def public_names(body: list[ast.stmt], of: str = "") -> Iterator[tuple[str, ast.AST]]:
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield of + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public_names(node.body, f"{node.name}.")


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_a_public_name_says_what_it_promises(module: Path) -> None:
    names = public_names(tree_of(module).body)
    assert [] == [name for name, node in names if not ast.get_docstring(node)]  # type: ignore[arg-type]


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_a_module_is_named_for_what_it_holds(module: Path) -> None:
    assert set() == {step.removesuffix(".py") for step in module.relative_to(PACKAGE).parts} & NOT_A_NOUN


@cache
def subjects() -> tuple[str, ...]:
    """What the briefing in this repository is about: every actor's id, names and aliases."""
    reading = read_folder(FACTS, ("en", "ja"))
    found: set[str] = set()
    for actor in reading.briefing.actors:
        found |= {actor.id, *_names(actor.name), *_names(actor.full_name), *_aliases(actor)}
    return tuple(sorted(found))


def _names(text: LocalText | None) -> set[str]:
    return {words for _, words in text.written()} if text else set()


def _aliases(actor: Actor) -> set[str]:
    return set(actor.aliases.all())


def texts_of_the_tool() -> list[Path]:
    kinds = {".py", ".md", ".yml", ".yaml", ".html", ".css", ".js", ".json", ".txt", ".toml", ".svg"}
    return [path for path in sorted(PACKAGE.rglob("*")) if path.is_file() and path.suffix in kinds]


def test_the_briefing_has_subjects() -> None:
    """Or else the next test would look for nothing."""
    assert len(subjects()) > 50


@pytest.mark.parametrize("file", texts_of_the_tool(), ids=name_of)
def test_the_tool_does_not_name_what_one_briefing_is_about(file: Path) -> None:
    others = "|".join(map(re.escape, MEAN_SOMETHING_ELSE))
    text = re.sub(others, "", file.read_text(encoding="utf-8"), flags=re.IGNORECASE)
    words = "|".join(re.escape(name) for name in sorted(subjects(), key=len, reverse=True))
    # No letters of Latin script right beside it: “aws” is not in “draws”.
    assert [] == re.findall(rf"(?<![A-Za-z0-9])(?:{words})(?![A-Za-z0-9])", text, re.IGNORECASE)


def test_a_check_does_without_all_that_draws() -> None:
    """It is run before every commit; to import a library of charts takes longer than to check a small site."""
    asked = "import sys, briefbook.cli; print([n for n in ('altair', 'networkx', 'jinja2', 'mkdocs') if n in sys.modules])"
    assert "[]\n" == subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
