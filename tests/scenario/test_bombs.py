"""G11 and G10: a pack that means harm. Each is checked by the real command in a child process with little time and memory.

The child may use CPU_S_MAX of processor time and MEMORY_BYTES_MAX of address space; it has to say where the pack is wrong,
by file, line and column, without a traceback and without a word of what a link leads to.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kerege.scenario import library, reading
from kerege.scenario.reading import FILE_BYTES_MAX, NODES_MAX, PACK_FILES_MAX

ROOT = Path(__file__).parents[2]
PACKS = Path(__file__).parent / "packs"
CPU_S_MAX = 10
MEMORY_BYTES_MAX = 1 << 30
"""Of address space, of which the interpreter and its libraries take two thirds."""
SECRET = "root-of-all-evil:x:0:0"
PLACE = re.compile(r"^\S+:\d+:\d+: ", re.MULTILINE)


def put(name: str, text: str | bytes) -> Callable[[Path], None]:
    def damage(pack: Path) -> None:
        path = pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    return damage


def link(name: str, to: str) -> Callable[[Path], None]:
    def damage(pack: Path) -> None:
        path = pack / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        path.symlink_to(pack.parent / to if not to.startswith("/") else to)

    return damage


def pipe(pack: Path) -> None:
    (pack / "rules.yaml").unlink(missing_ok=True)
    os.mkfifo(pack / "rules.yaml")


def sparse(pack: Path) -> None:
    """Eight gigabytes that cost nothing to make."""
    with (pack / "rules.yaml").open("wb") as file:
        file.truncate(8 << 30)


def many(pack: Path) -> None:
    for n in range(PACK_FILES_MAX):
        (pack / f"x{n}.yaml").touch()


LAUGHS = "a: &a [x]\n" + "".join(f"{b}: &{b} [{', '.join('*' + a for _ in range(9))}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))  # fmt: skip
HEAD = (PACKS / "tea-house/pack.yaml").read_text(encoding="utf-8")
BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "aliases that multiply": (put("rules.yaml", LAUGHS), r"rules.yaml:1:4: anchors|aliases"),
    "an alias to itself": (put("rules.yaml", "a: &a [*a]\n"), r"rules.yaml:1:4: anchors"),
    "a tower of lists": (put("rules.yaml", "[" * 200_000), r"rules.yaml:1:21: nested deeper"),
    "a tower of maps": (put("rules.yaml", "{a: " * 100_000), r"rules.yaml:1:\d+: nested deeper"),
    "a tower of keys": (put("rules.yaml", "? " * 100_000), r"rules.yaml:1:\d+: "),
    "a tower of dashes": (put("rules.yaml", "- " * 100_000), r"rules.yaml:1:\d+: nested deeper"),
    "a file past its bound": (put("rules.yaml", "#" * (FILE_BYTES_MAX + 1)), r"rules.yaml:1:1: the file is larger"),
    "a file without an end": (sparse, r"rules.yaml:1:1: the file is larger"),
    "values past their bound": (put("rules.yaml", "- a\n" * NODES_MAX), r"rules.yaml:50000:3: more than"),
    "files past their bound": (many, r"pack.yaml:1:1: more than"),
    "a key twice": (put("pack.yaml", HEAD + "\nid: again\n"), r"pack.yaml:\d+:1: the key 'id' stands twice"),
    "a Python tag": (put("rules.yaml", "- !!python/object/apply:os.system ['id']\n"), r"rules.yaml:1:3: tags"),
    "a local tag": (put("rules.yaml", "- !secret x\n"), r"rules.yaml:1:3: tags"),
    "a merge key": (put("rules.yaml", "- {<<: {id: x}}\n"), r"rules.yaml:1:\d+: "),
    "a date": (put("pack.yaml", HEAD.replace("ends_after:", "ends_after: 2026-01-01 #")), r"pack.yaml:\d+:\d+: "),
    "Norway": (put("pack.yaml", re.sub(r"languages: .*", "languages: [no]", HEAD)), r"pack.yaml:\d+:\d+: "),
    "an octal number": (put("pack.yaml", HEAD.replace("ends_after:", "ends_after: 0o17 #")), r"pack.yaml:\d+:\d+: "),
    "a number to the base of sixty": (put("pack.yaml", HEAD.replace("ends_after:", "ends_after: 190:20:30 #")), r"pack.yaml:\d+:\d+: "),
    "a number of ten thousand digits": (put("rules.yaml", "- " + "9" * 10_000 + "\n"), r"rules.yaml:1:3: "),
    "not a number": (put("rules.yaml", "- {id: x, when: .nan}\n"), r"rules.yaml:1:\d+: "),
    "infinity": (put("rules.yaml", "- {id: x, when: 1e999}\n"), r"rules.yaml:1:\d+: "),
    "bytes that are no text": (put("rules.yaml", b"- \xff\xfe\n"), r"rules.yaml:1:1: the file is not UTF-8"),
    "UTF-16": (put("rules.yaml", "- id: x\n".encode("utf-16")), r"rules.yaml:1:1: the file is not UTF-8"),
    "a null byte": (put("rules.yaml", "- id: a\0b\n"), r"rules.yaml:1:\d+: "),
    "a second document": (put("rules.yaml", "[]\n---\n[]\n"), r"rules.yaml:2:1: a second document"),
    "a directive": (put("rules.yaml", "%YAML 9.9\n---\n[]\n"), r"rules.yaml:1:1: "),
    "a list of another folder": (put("pack.yaml", HEAD + "\nuse: [../../../etc/passwd]\n"), r"pack.yaml:\d+:\d+: "),
    "an id that is a way": (put("pack.yaml", re.sub(r"^id: .*", "id: ../../x", HEAD, flags=re.MULTILINE)), r"pack.yaml:\d+:\d+: "),
    "a link to a file elsewhere": (link("rules.yaml", "secret"), r"rules.yaml:1:1: not a plain file"),
    "a link to a folder elsewhere": (link("texts", "secrets"), r"texts/\S+:1:1: not a plain file"),
    "the pack itself a link": (link("pack.yaml", "secret"), r"pack.yaml:1:1: not a plain file"),
    "a link that leads nowhere": (link("rules.yaml", "nothing"), r"rules.yaml:1:1: not a plain file"),
    "a device": (link("rules.yaml", "/dev/zero"), r"rules.yaml:1:1: not a plain file"),
    "a pipe": (pipe, r"rules.yaml:1:1: not a plain file"),
    "texts past their bound": (put("texts/en.ftl", "a = b\n" * 200_000), r"en.ftl:1:1: the file is larger"),
    "braces nested deep": (put("texts/en.ftl", "a = " + "{" * 100_000), r"en.ftl:1:1: braces nested deeper"),
    "a condition without an end": (put("rules.yaml", "- {id: x, when: start, if: '" + "(" * 100_000 + "'}\n"), r"rules.yaml:1:\d+: "),
    "a condition that multiplies": (put("rules.yaml", "- {id: x, when: start, if: '9**9**9**9'}\n"), r"rules.yaml:1:\d+: "),
    "a condition that is Python": (put("rules.yaml", "- {id: x, when: start, if: '__import__(\"os\").system(\"id\")'}\n"), r"rules.yaml:1:\d+: "),
}  # fmt: skip
"""What is done to a good pack -> what has to be said, with file, line and column."""


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S_MAX, CPU_S_MAX))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def checked(pack: Path) -> tuple[int, str]:
    """`kerege check` in a child with limits: its status and all that it said."""
    script = "import sys; from kerege.cli import main; sys.argv = ['kerege', 'check', *sys.argv[1:]]; main()"
    done = subprocess.run(
        [sys.executable, "-B", "-c", script, str(pack)],
        cwd=ROOT, env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "server"), "COLUMNS": "1000"},
        capture_output=True, text=True, timeout=60, check=False, preexec_fn=limit,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def built(folder: Path, damage: Callable[[Path], None]) -> Path:
    shutil.copytree(PACKS, folder, dirs_exist_ok=True)
    (folder / "secret").write_text(SECRET)
    (folder / "secrets").mkdir()
    (folder / "secrets" / "en.ftl").write_text(SECRET)
    damage(folder / "tea-house")
    return folder / "tea-house"


def faults(status: int, said: str, wanted: str) -> list[str]:
    """What is wrong with the answer to a bad pack."""
    found = [f"it ended with {status}"] if status not in {1, 2} else []
    found += [] if re.search(wanted, said) else [f"{wanted!r} was not said"]
    found += [] if PLACE.search(said) else ["no place was told"]
    return found + [f"it said {word!r}" for word in ("Traceback", SECRET, "MemoryError") if word in said]


@pytest.mark.proof(
    "G11", "packs that mean harm, in a child with little time and memory: file, line and column are told"
)
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_problem_with_a_place(tmp_path, proof, name):
    """It ends in time, in little memory, says where, and quotes nothing from elsewhere."""
    damage, wanted = BOMBS[name]
    status, said = checked(built(tmp_path, damage))
    assert not faults(status, said, wanted), said[:2000]
    proof.tried(1)


def test_the_good_pack_is_good_in_the_same_child(tmp_path):
    """Else a child that is always refused would pass."""
    status, said = checked(built(tmp_path, lambda _: None))
    assert "Traceback" not in said and status in {0, 1}
    assert "pack.yaml" not in said, said


@pytest.mark.proof(
    "G11", "packs that mean harm, in a child with little time and memory: file, line and column are told", mutant=True
)
def test_a_reader_that_follows_links_is_noticed(tmp_path, proof, monkeypatch):
    """The secret's own words, as YAML, stand in a problem."""
    monkeypatch.setattr(library, "read_file", lambda _, path: path.read_bytes())
    pack = built(tmp_path, link("rules.yaml", "secret"))
    said = "\n".join(map(str, library.read_story(pack, None)[1]))
    assert faults(1, said, BOMBS["a link to a file elsewhere"][1])
    proof.tried(1, faults=1)


@pytest.mark.proof(
    "G11", "packs that mean harm, in a child with little time and memory: file, line and column are told", mutant=True
)
def test_a_reader_without_a_bound_of_nesting_is_noticed(tmp_path, proof, monkeypatch):
    """It says something else, or nothing at all."""
    monkeypatch.setattr(reading, "NESTING_MAX", 1 << 30)
    pack = built(tmp_path, put("rules.yaml", "- " * 2_000))
    said = "\n".join(map(str, library.read_story(pack, None)[1]))
    assert faults(1, said, BOMBS["a tower of dashes"][1])
    proof.tried(1, faults=1)
