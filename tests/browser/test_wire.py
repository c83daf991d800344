"""Types, words and size of the client: what can be said without opening it."""

import gzip
import json
import re
import subprocess
import sys

import pytest
from fluent.syntax import FluentParser, ast, visitor

from tests.browser.conftest import ROOT

SOURCES = ROOT / "client_web" / "src"
FIRST_LOAD_BYTES_MAX = 60 * 1024
LANGUAGES = ("en", "ru", "ky")
FIRST_SCREENS = {
    "App.svelte", "Top.svelte", "Bar.svelte", "Frozen.svelte", "LinkWord.svelte", "StopButton.svelte", "Sheet.svelte", "Later.svelte",
    "Acts.svelte", "Player.svelte", "Now.svelte", "Know.svelte", "Do.svelte", "FaceRows.svelte", "RecordLine.svelte", "MessageCard.svelte",
}  # fmt: skip


def test_the_generated_types_are_those_of_the_server():
    """Nobody writes a message by hand twice: messages.ts is what the server's structs say today."""
    script = ROOT / "scripts" / "generate_types.py"
    ran = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def first_load(dist, language):
    """The files that stand between the address and a team's first screen: static imports, styles, words."""
    manifest = json.loads((dist / ".vite" / "manifest.json").read_text())
    files = {"index.html", "favicon.svg"}
    (player,) = (key for key, entry in manifest.items() if entry.get("name") == "Player")
    todo = ["index.html", player, f"src/texts/{language}.ftl?raw"]
    seen = set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        entry = manifest[name]
        files |= {entry["file"], *entry.get("css", []), *entry.get("assets", [])}
        todo += entry.get("imports", [])
    return files


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_players_first_load_is_small(dist, language):
    """On a bad network the first screen costs less than 60 kB of compressed files."""
    sizes = {name: len(gzip.compress((dist / name).read_bytes(), 9)) for name in first_load(dist, language)}
    total = sum(sizes.values())
    print(f"first load of a player in {language}: {total} bytes gz, {len(sizes)} files")
    assert total <= FIRST_LOAD_BYTES_MAX, sizes


def test_nothing_made_for_development_ships(dist):
    """The built client holds no fixture, no source map and no address of another server."""
    texts = {
        path: path.read_text(errors="replace")
        for path in dist.rglob("*")
        if path.is_file() and ".vite" not in path.parts
    }
    for path, text in texts.items():
        assert path.suffix != ".map"
        assert "Silver Reed" not in text, path
        for address in re.findall(r"https?://([a-z0-9.-]+)", text):
            assert address in {"www.w3.org", "svelte.dev", "github.com"}, (path, address)


def messages(name):
    """Key -> the variables it uses."""
    tree = FluentParser().parse((SOURCES / "texts" / f"{name}.ftl").read_text(encoding="utf-8"))
    found = {}
    for entry in tree.body:
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, f"{entry.id.name} twice"
            collector = Variables()
            collector.visit(entry)
            found[entry.id.name] = frozenset(collector.names)
    return found


class Variables(visitor.Visitor):
    """Collects the names of variables."""

    def __init__(self):
        self.names = set()

    def visit_VariableReference(self, node):  # noqa: N802  the parser's word
        self.names.add(node.id.name)


@pytest.mark.parametrize("part", ["", "later.", "staff."])
def test_every_language_says_the_same_things(part):
    """Each key stands in each language, with the same variables."""
    first, *others = (messages(f"{part}{language}") for language in LANGUAGES)
    for other in others:
        assert other == first


def test_every_word_the_screens_ask_for_exists():
    """A key in the code is a key in the texts; a key that is put together has at least one of its kind."""
    known = messages("en") | messages("later.en") | messages("staff.en")
    for path in SOURCES.rglob("*.svelte"):
        text = path.read_text(encoding="utf-8")
        for key in re.findall(r"""\bt\("([a-z0-9_-]+)\"""", text):
            assert key in known, (path.name, key)
        for start in re.findall(r"\bt\(`([a-z-]+)\$\{", text):
            assert any(key.startswith(start) for key in known), (path.name, start)


def test_a_teams_screens_need_no_words_of_the_staff():
    """The staff's words are fetched with the staff's screens only, so a team's screens must not use them."""
    staff = messages("staff.en")
    assert {path.name for path in (SOURCES / "view").rglob("*.svelte")} >= FIRST_SCREENS
    later = messages("later.en")
    for path in (SOURCES / "view").rglob("*.svelte"):
        if path.name in FIRST_SCREENS:
            for key in re.findall(r"""\bt\("([a-z0-9_-]+)\"""", path.read_text(encoding="utf-8")):
                assert key not in later, (path.name, key)
    for folder in ("player", "parts", "join"):
        for path in (SOURCES / "view" / folder).rglob("*.svelte"):
            for key in re.findall(r"""\bt\("([a-z0-9_-]+)\"""", path.read_text(encoding="utf-8")):
                assert key not in staff, (path.name, key)
