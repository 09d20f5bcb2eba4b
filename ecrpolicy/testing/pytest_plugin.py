"""The pytest plugin: case files as tests, fixtures for snapshots, and a marker for invariants.

Nothing else of the library is imported before a case file is collected or a fixture is used.
"""

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from datetime import datetime

    from ecrpolicy.snapshot import Registry, Repository
    from ecrpolicy.testing.cases import Case

PATTERNS: Final = ("*.ecrpolicy.json", "*.ecrpolicy.yaml", "*.ecrpolicy.yml")

_INI: Final = "ecrpolicy_case_files"
_MARKER: Final = "ecr_invariant"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say which files are case files, or that none is."""
    parser.addini(
        _INI,
        "glob patterns of the names of case files of ecrpolicy; empty: none is collected",
        type="args",
        default=list(PATTERNS),
    )
    parser.getgroup("ecrpolicy").addoption(
        "--no-ecrpolicy-cases",
        action="store_true",
        help="collect no case files of ecrpolicy",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        f"{_MARKER}: the test states invariants: what it returns, one result or several, must hold",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "CaseFile | None":
    """A file whose name meets one of the patterns is one of cases."""
    config = parent.config
    if config.getoption("--no-ecrpolicy-cases"):
        return None
    if any(file_path.match(pattern) for pattern in config.getini(_INI)):
        return CaseFile.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    """A file of cases; one that is broken is an error of the collection."""

    def collect(self) -> Iterator["CaseItem"]:
        """A test for each case."""
        from ecrpolicy.errors import EcrPolicyError
        from ecrpolicy.sources.files import Source
        from ecrpolicy.testing.cases import read_cases
        from ecrpolicy.wording import printable

        try:
            cases = read_cases(Source(self.path.read_bytes(), self._shown()))
        except EcrPolicyError as error:
            raise self.CollectError("\n".join(map(printable, str(error).split("\n")))) from None
        for case in cases:
            yield CaseItem.from_parent(self, name=printable(case.name), case=case)

    def _shown(self) -> str:
        """The file as it is named from where pytest was called."""
        here = self.config.invocation_params.dir
        return str(self.path.relative_to(here) if self.path.is_relative_to(here) else self.path)


class CaseItem(pytest.Item):
    """A case as a test."""

    def __init__(self, *, case: "Case", **others: Any) -> None:
        super().__init__(**others)
        self.case = case

    def runtest(self) -> None:
        """Check the case."""
        mismatch = self.case.check()
        if mismatch is not None:
            raise NotAsExpected(str(mismatch))

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,
    ) -> Any:
        """What is not as expected; where a traceback helps, that."""
        if isinstance(excinfo.value, NotAsExpected):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the case stands, and its name."""
        return self.path, None, self.name


class NotAsExpected(AssertionError):
    """A case is not as expected, or an invariant does not hold: what there is to say of it."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Judge what a test returns that states invariants, also one of a `unittest.TestCase`."""
    if isinstance(item, pytest.Function) and item.get_closest_marker(_MARKER) is not None:
        for is_so, what in (
            (getattr(item.obj, "is_hypothesis_test", False), "@given"),
            (_is_asynchronous(item.obj), "async def"),
        ):
            if is_so:
                advice = "leave the marker out, and call `raise_if_broken()` of each result"
                pytest.fail(f"`{_MARKER}` does not go with `{what}`: {advice}", pytrace=False)
        item.obj = _judged(item.obj)


def _is_asynchronous(test: Callable[..., object]) -> bool:
    return inspect.iscoroutinefunction(test) or inspect.isasyncgenfunction(test)


def _judged(test: Callable[..., object]) -> Callable[..., None]:
    # What decorators of unittest left on the test stays on it.
    @functools.wraps(test)
    def judged(**arguments: object) -> None:
        __tracebackhide__ = True
        _judge(test(**arguments))

    return judged


def _judge(found: object) -> None:
    """Fail with the text of each result that does not hold; a test that asserts returns None."""
    if found is None:
        return
    results = found if isinstance(found, list | tuple) else [found]
    if not results:
        pytest.fail("no result is returned: nothing was looked at", pytrace=False)
    broken = [_text(each) for each in results if not _holds(each)]
    if broken:
        pytest.fail("\n\n".join(broken), pytrace=False)


def _holds(result: Any) -> bool:
    holds = getattr(result, "holds", None)
    if not isinstance(holds, bool):
        message = f"`{result!r}` is no result of an invariant: return what has `holds`"
        pytest.fail(message, pytrace=False)
    return holds


def _text(result: Any) -> str:
    return str(result.text())


@pytest.fixture
def ecr_snapshot(request: pytest.FixtureRequest) -> "Callable[..., Repository]":
    """Make a repository: of lines such as `prod-1 @ 10d`, or of files that the AWS CLI printed.

    `ecr_snapshot(*images, name=…, now=…, manifests=…)`: a line is a `str`, a file a `Path` from the
    folder of the test; lists of either do. `manifests` are the names of indexes with those of their
    children. `taken_at` of the repository is when the ages of the lines count from.
    """
    folder = request.path.parent

    def make(
        *images: "str | Path | Iterable[str | Path]",
        name: str | None = None,
        now: "datetime | None" = None,
        manifests: Mapping[str, Sequence[str]] | None = None,
    ) -> "Repository":
        from ecrpolicy.testing.cases.fixtures import snapshot

        return snapshot(images, folder, name, now, manifests or {})

    return make


@pytest.fixture
def ecr_registry(request: pytest.FixtureRequest) -> "Callable[..., Registry]":
    """Make a registry: of repositories, or of files that the AWS CLI printed.

    `ecr_registry(*parts, account=…, region=…)`: a file is a `Path` from the folder of the test;
    lists of either do. Other members of `Registry` are given by their names.
    """
    folder = request.path.parent

    def make(
        *parts: "Repository | Path | Iterable[Repository | Path]", **members: Any
    ) -> "Registry":
        from ecrpolicy.testing.cases.fixtures import registry

        return registry(parts, folder, members)

    return make
