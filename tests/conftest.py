"""Tests that carry `@pytest.mark.proof(guarantee, words)` fill a row of the table of proofs (`--proofs FILE`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proofs.guarantees import GUARANTEES
from tests.proofs.proof import PROPERTY, Proof, Proofs
from tests.proofs.table import Table

ROW = pytest.StashKey[Proofs]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one option."""
    parser.addoption("--proofs", metavar="FILE", help="write the table of proofs there; fail if a row is not sound")


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known; the parent process alone collects rows."""
    config.addinivalue_line("markers", "proof(guarantee, words, mutant=False): this test fills a row of the table")
    path = config.getoption("--proofs")
    if path is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Collector(Path(path)))


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Proofs:
    """The rows of this test's marks; call `proof.tried(trials, faults=…, seed=…)` with what was really tried."""
    return request.node.stash[ROW]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Open the rows that the test's marks name."""
    proofs = Proofs(Proof(*mark.args, **mark.kwargs) for mark in item.iter_markers("proof"))
    unknown = {proof.guarantee for proof in proofs} - set(GUARANTEES)
    if unknown:
        pytest.fail(f"there is no guarantee {', '.join(sorted(unknown))}")
    item.stash[ROW] = proofs


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Let the test's report carry what it has tried; a test that fails before its body counts as failed."""
    report = yield
    if ROW in item.stash and (report.when == "call" or report.failed):
        rows = [(PROPERTY, proof.as_property()) for proof in item.stash[ROW]]
        report.user_properties = [*report.user_properties, *rows]
    return report


class Collector:
    """Gathers the reports of all processes, prints the table, writes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.table = Table()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One test has ended somewhere."""
        for name, part in report.user_properties:
            if name == PROPERTY:
                self.table.add(part, passed=report.passed)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A row that is not sound is a failure of the run, even where no test has failed."""
        if session.exitstatus == pytest.ExitCode.OK and not self.table.sound:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print and write."""
        lines = self.table.lines()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        terminalreporter.section("proofs")
        for line in lines:
            terminalreporter.write_line(line)
