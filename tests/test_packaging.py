"""What a stranger gets: locks that name no address, verbs that exist, images that are described rightly."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = sorted(ROOT.glob("requirements*.lock"))
VERBS = {"setup", "run", "test", "lint", "bench", "prove", "screens", "clean"}


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", lock.read_text(), re.MULTILINE))


def test_there_are_locks_for_running_testing_building_and_node():
    """Each way to install has its lock."""
    assert [lock.name for lock in LOCKS] == [
        "requirements-build.lock",
        "requirements-dev.lock",
        "requirements-node.lock",
        "requirements.lock",
    ]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_versions_and_hashes_and_no_address(lock: Path):
    """Where packages come from is the machine's affair; what they are is ours."""
    text = lock.read_text()
    for line in text.splitlines():
        assert re.fullmatch(r"[a-z0-9._-]+==\S+( ;.*)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line), line
    assert len(re.findall(r"^\S", text, re.MULTILINE)) <= text.count("--hash=")


def test_the_lock_of_npm_names_versions_and_hashes_and_no_address():
    """Where packages come from is the machine's affair; what they are is ours."""
    lock = json.loads((ROOT / "client_web/package-lock.json").read_text())
    for name, entry in lock["packages"].items():
        assert "resolved" not in entry, name
        assert name == "" or entry["integrity"].startswith("sha512-"), name


def test_the_settings_of_package_managers_name_no_registry():
    """A registry in a committed file would send strangers to a place they cannot reach."""
    for file in [ROOT / ".npmrc", ROOT / "client_web/.npmrc", ROOT / "pyproject.toml"]:
        assert not re.search(r"registry\s*=|index-url|find-links|://", file.read_text()), file


def test_what_is_tested_is_what_runs():
    """The development lock holds the runtime lock, version for version; the build lock as well."""
    dev = pins(ROOT / "requirements-dev.lock")
    assert pins(ROOT / "requirements.lock").items() <= dev.items()
    assert pins(ROOT / "requirements-build.lock").items() <= dev.items()


def test_every_dependency_that_is_declared_is_locked():
    """A dependency added to pyproject.toml without `make lock` is noticed."""

    def names(requirements: list[str]) -> set[str]:
        return {
            re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace(".", "-").replace("_", "-")
            for requirement in requirements
            if isinstance(requirement, str)
        }

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    assert names(project["project"]["dependencies"]) <= pins(ROOT / "requirements.lock").keys()
    assert names(groups["dev"]) <= pins(ROOT / "requirements-dev.lock").keys()
    assert names(groups["build"]) <= pins(ROOT / "requirements-build.lock").keys()
    assert names(groups["node"]) <= pins(ROOT / "requirements-node.lock").keys()


def test_the_makefile_has_the_verbs():
    """The verbs are there, each with its explanation in `make help`."""
    explained = set(re.findall(r"^([a-z]+):.*## \S", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert explained >= VERBS


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_verb_of_the_makefile_can_be_planned(verb: str):
    """make -n finds no mistake in the rules."""
    subprocess.run(["make", "-n", verb], cwd=ROOT, check=True, capture_output=True, timeout=20)


def test_ci_calls_make_test_and_nothing_else():
    """What CI checks, anybody can check."""
    script = (ROOT / ".ci/run").read_text()
    lines = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


@pytest.mark.parametrize("script", [*sorted(ROOT.glob("scripts/*.sh")), ROOT / ".ci/run"], ids=lambda path: path.name)
def test_a_shell_script_parses_and_may_be_run(script: Path):
    """bash -n reads it, and it has its x."""
    subprocess.run(["bash", "-n", script], check=True, timeout=20)
    assert script.stat().st_mode & 0o111


def test_the_compose_file_keeps_to_the_compose_specification():
    """A misspelt key is found without Docker."""
    check = Path(sys.executable).parent / "check-jsonschema"
    done = subprocess.run(
        [check, "--builtin-schema", "vendor.compose-spec", ROOT / "docker-compose.yml"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_image_copies_only_what_the_repository_has():
    """Every COPY from the build context names something that is here or will be built."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    allowed = set(re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE):
        for source in sources.split():
            assert source.split("/")[0] in allowed, source


def test_the_image_runs_as_nobody_special():
    """Not root, with its data in a volume and a health check that asks the server."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    final = dockerfile[dockerfile.rindex("\nFROM ") :]
    assert re.search(r"^USER kerege$", final, re.MULTILINE)
    assert re.search(r"^VOLUME /data$", final, re.MULTILINE)
    assert "/healthz" in final
