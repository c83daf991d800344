"""G11 in the product: what is served was compiled in a child with limits, which a pack cannot break and nobody notices.

`tests/scenario/test_bombs.py` throws the same packs at `kerege check`; here at the road that `serve` and `run` take.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys

import pytest
import typer

from kerege import compiling
from kerege.cli.serving import load
from kerege.compiling import (
    CPU_S,
    CPU_S_MAX,
    CPU_S_PER_MIB,
    MEMORY_BYTES_MAX,
    SAID_CHARS_MAX,
    Limits,
    compile_apart,
    limits_for,
    unlimited,
)
from kerege.scenario import PackProblems, load_pack
from tests.laws.size import TIMES
from tests.rights.house import SCENARIOS
from tests.scenario.test_bombs import BOMBS, PACKS, SECRET, built

ROW = "packs are compiled for serving in a child with limits: the same pack, the same problems, no limit broken"
MIB = 1024 * 1024
QUICK = ("a tower of lists", "a link to a file elsewhere", "a key twice", "a condition that multiplies")
"""Of all bombs, those of the normal run."""


def said(pack, compiler=compile_apart) -> list[str]:
    """What a compiler says against a pack; nothing when it can be played."""
    try:
        compiler(pack)
    except PackProblems as problems:
        return str(problems).splitlines()
    return []


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Another process of Python."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def breaks(compiler) -> list[str]:
    """Which limits this compiler lets Silver Reed break: a pack that is fine, far past a second and past 48 MiB."""
    wrong = []
    for limits, words in (
        (Limits(1), "silver-reed/pack.yaml:1:1: it could not be compiled within 1 s of processor time"),
        (Limits(CPU_S_MAX, 48 * MIB), "silver-reed/pack.yaml:1:1: it could not be compiled within 48 MiB of memory"),
    ):
        found = said(SCENARIOS / "silver-reed", lambda pack, limits=limits: compiler(pack, limits))
        wrong += [] if found == [words] else [f"{limits}: {found}"]
    return wrong


@pytest.mark.proof("G11", ROW)
def test_a_good_pack_comes_out_the_same(proof):
    """All that a room gets, to the last value."""
    pack = SCENARIOS / "first-steps"
    assert compile_apart(pack) == load_pack(pack)
    proof.tried(1)


@pytest.mark.proof("G11", ROW)
@pytest.mark.parametrize("name", BOMBS if TIMES > 1 else QUICK)
def test_a_bad_pack_is_told_in_the_same_words(tmp_path, proof, name):
    """File, line, column and words are those of `kerege check`; nothing is quoted from elsewhere."""
    pack = built(tmp_path, BOMBS[name][0])
    found = said(pack)
    assert found == said(pack, load_pack) and found
    assert SECRET not in "\n".join(found)
    proof.tried(1, faults=1)


@pytest.mark.proof("G11", ROW)
def test_a_pack_past_a_limit_is_a_problem_with_a_place(proof):
    """Whatever else is wrong with it."""
    assert breaks(compile_apart) == []
    proof.tried(2, faults=2)


@pytest.mark.proof("G11", ROW, mutant=True)
def test_a_compiler_without_a_child_is_noticed(proof):
    """As it was: the server's own process reads the pack."""
    assert len(breaks(lambda pack, _: load_pack(pack))) == 2
    proof.tried(2, faults=1)


@pytest.mark.proof("G11", ROW, mutant=True)
def test_a_child_that_takes_no_limits_is_noticed(proof, monkeypatch):
    """It is told some, and has forgotten to take them."""
    child = compiling._child
    monkeypatch.setattr(compiling, "_child", lambda folder, *_: child(folder, str(CPU_S_MAX), str(MEMORY_BYTES_MAX)))
    assert len(breaks(compile_apart)) == 2
    proof.tried(2, faults=1)


def test_memory_has_a_bound(tmp_path):
    """At the bound a child may take it, past it no byte: and Silver Reed stays far below."""
    take = "import resource; from kerege.compiling import _take_limits as t; t(5, {}); print(resource.getrlimit(resource.RLIMIT_AS)[0]); bytearray({})"
    for size, passes in ((MEMORY_BYTES_MAX - 64 * MIB, True), (MEMORY_BYTES_MAX, False)):
        done = run(take.format(MEMORY_BYTES_MAX, size))
        assert done.stdout.split() == [str(MEMORY_BYTES_MAX)], done.stderr
        assert (done.returncode == 0) is passes and ("MemoryError" in done.stderr) is not passes


def test_the_limits_grow_with_the_pack(tmp_path):
    """From a bound for any pack to one for all; what would not be read does not count."""
    pack = tmp_path / "packs" / "pack"
    pack.mkdir(parents=True)
    assert limits_for(pack) == Limits(CPU_S, MEMORY_BYTES_MAX)
    (pack / "rules.yaml").write_bytes(b"#" * (MIB // 2))
    assert limits_for(pack).cpu_s == CPU_S + CPU_S_PER_MIB // 2
    for n in range(4):
        with (pack / f"x{n}.yaml").open("wb") as file:
            file.truncate(8 << 30)
    assert limits_for(pack).cpu_s == CPU_S_MAX
    assert limits_for(SCENARIOS / "silver-reed").cpu_s in range(10, CPU_S_MAX)


def test_the_child_has_no_network():
    """A listener on this very machine is not reached, and without the limits it is; or the doctor says that it could be."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        reach = f"import socket; socket.create_connection(('127.0.0.1', {listening.getsockname()[1]}), 5)"
        first = "from kerege.compiling import _take_limits as t; t(5, 1 << 28); "
        ran = [run(each).returncode for each in (reach, first + reach)]
    assert ran == [0, 0 if "network" in unlimited() else 1]


def test_the_child_writes_no_file(tmp_path):
    """Not a byte."""
    path = tmp_path / "written"
    code = f"from kerege.compiling import _take_limits as t; t(5, 1 << 28); open({str(path)!r}, 'wb', 0).write(b'x')"
    assert "File too large" in run(code).stderr
    assert not path.exists() or path.read_bytes() == b""


def test_an_answer_that_does_not_come(monkeypatch, tmp_path):
    """A child that waits for ever is left behind, and the doctor does not hang either."""
    monkeypatch.setattr(compiling, "WALL_S_MAX", 0.01)
    assert said(PACKS / "tea-house") == ["tea-house/pack.yaml:1:1: it could not be compiled within 0 s"]
    assert unlimited() == ("time",)


def test_a_compiler_that_dies(monkeypatch):
    """Of whatever: a problem with a place, and not its words, which are in the log, cut."""
    for status, words in ((-signal.SIGSEGV, "the compiler died"), (1, "the compiler died"), (-9, "processor time")):
        monkeypatch.setattr(
            compiling,
            "_child",
            lambda *_, status=status: subprocess.CompletedProcess([], status, b"", b"x" * SAID_CHARS_MAX * 2),
        )
        noted = []
        monkeypatch.setattr(compiling.log, "error", lambda *_, said, noted=noted, **__: noted.append(said))
        [line] = said(PACKS / "tea-house")
        assert line.startswith("tea-house/pack.yaml:1:1: ") and words in line
        assert noted == ["x" * SAID_CHARS_MAX]


def test_a_machine_without_limits_compiles_all_the_same(monkeypatch):
    """Elsewhere, some limits cannot be had: the same code goes on, and says which."""
    monkeypatch.setitem(sys.modules, "resource", None)
    monkeypatch.setattr(compiling, "_leave_network", lambda: False)
    assert compiling._take_limits(1, 1) == ("time", "memory", "files", "network")


def test_serve_and_run_take_this_road(tmp_path, capsys, monkeypatch):
    """What is wrong is said as ever, and the server is not begun."""
    pack = built(tmp_path, BOMBS["a key twice"][0])
    taken = []
    apart = compile_apart
    monkeypatch.setattr(compiling, "compile_apart", lambda folder: taken.append(folder) or apart(folder))
    with pytest.raises(typer.Exit):
        load(pack)
    assert "the key 'id' stands twice" in capsys.readouterr().err
    assert taken == [pack]
