"""The pytest plugin: case files as tests, fixtures, invariants."""

import json
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

# Runs within this process forget what they import: what is imported here already, they share.
import ecrpolicy.testing.cases.fixtures
import ecrpolicy.testing.cases.yaml  # noqa: F401
from tests.testing.documents import KEEP_ONE, access, lifecycle


@pytest.fixture
def write(pytester: pytest.Pytester) -> Any:
    """Writes files into the folder that pytest is run in."""

    def write(**files: object) -> None:
        for name, value in files.items():
            text = value if isinstance(value, str) else json.dumps(value, indent=2)
            (pytester.path / f"{name}.ecrpolicy.json").write_text(text, "utf-8")

    return write


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> str:
    """The plugin by its module, to be asked for: further processes load no other."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return "ecrpolicy.testing.pytest_plugin"


def test_the_plugin_is_known_to_pytest() -> None:
    (found,) = entry_points(group="pytest11", name="ecrpolicy")
    assert found.value == "ecrpolicy.testing.pytest_plugin"


def test_nothing_else_is_imported_without_a_case(alone: str, tmp_path: Path) -> None:
    (tmp_path / "test_none.py").write_text("def test_none(): pass\n")
    program = (
        "import sys, pytest\n"
        f"assert pytest.main(['-q', '-p', '{alone}', '--strict-markers', '.']) == 0\n"
        "of_us = {name for name in sys.modules if name.partition('.')[0] == 'ecrpolicy'}\n"
        "print(sorted(of_us), {'pydantic', 'lark', 'yaml'} & sys.modules.keys())\n"
    )
    ended = subprocess.run(
        (sys.executable, "-c", program), cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[-1] == (
        "['ecrpolicy', 'ecrpolicy.testing', 'ecrpolicy.testing.pytest_plugin'] set()"
    )


def test_cases_are_tests_by_their_names(pytester: pytest.Pytester, write: Any) -> None:
    write(web={"cases": [lifecycle(name="keeps one"), access(name="alice pulls")]}, one=access())
    found = pytester.runpytest_inprocess("--collect-only", "-q")
    assert found.outlines[:3] == [
        "one.ecrpolicy.json::one",
        "web.ecrpolicy.json::keeps one",
        "web.ecrpolicy.json::alice pulls",
    ]
    pytester.runpytest_inprocess().assert_outcomes(passed=3)
    pytester.runpytest_inprocess("-k", "alice").assert_outcomes(passed=1, deselected=2)
    chosen = pytester.runpytest_inprocess("web.ecrpolicy.json::keeps one")
    chosen.assert_outcomes(passed=1)


def test_cases_run_on_several_processors(alone: str, pytester: pytest.Pytester, write: Any) -> None:
    write(web={"cases": [lifecycle(name="a"), access(name="b")]})
    found = pytester.runpytest_subprocess("-p", alone, "-p", "xdist", "-n", "1")
    found.assert_outcomes(passed=2)


def test_a_failure_is_an_explanation(pytester: pytest.Pytester, write: Any) -> None:
    write(web=lifecycle(expected={"keeps": ["prod-1"]}))
    found = pytester.runpytest_inprocess()
    found.assert_outcomes(failed=1)
    found.stdout.fnmatch_lines(
        [
            "1 of 4 images is not as expected at 2026-01-31T00:00:00Z",
            "",
            f"sha256:{'0001' * 16}",
            "  prod-1; pushed 2026-01-21T00:00:00Z, 10 d ago; 0 B",
            "- stays",
            "+ goes: rule 1 expires it",
            "  rule 1 owns it: the first that identifies it",
            "    tag `prod-1` meets the pattern `prod-*`",
            "    rank 2 of 2, youngest first; limit 1: past the limit",
        ],
        consecutive=True,
    )
    found.stdout.no_fnmatch_line("*Traceback*")
    found.stdout.no_fnmatch_line("*runtest*")


def test_a_broken_file_is_an_error_with_places(pytester: pytest.Pytester, write: Any) -> None:
    write(
        a='{"policy": {},\n "images": [], "expected": {"expires": []}, "manifest": {}}',
        b="{",
        c={"cases": [access(None)]},
    )
    found = pytester.runpytest_inprocess()
    found.assert_outcomes(errors=3)
    found.stdout.fnmatch_lines(
        [
            "a.ecrpolicy.json:2:*",
            "b.ecrpolicy.json:1:2: *",
            "c.ecrpolicy.json:3:5: nothing is expected; *",
        ]
    )
    found.stdout.no_fnmatch_line("*Traceback*")
    found.stdout.no_fnmatch_line("*collect*.py*")


def test_names_steer_no_terminal(pytester: pytest.Pytester, write: Any) -> None:
    write(a=access(name="a\x1b[2J"), b={**access(), "b\x1b[2J": 1})
    found = pytester.runpytest_inprocess("-v")
    found.assert_outcomes(errors=1)
    found.stdout.fnmatch_lines([r"b.ecrpolicy.json:*: no member is called `b\x1b[[]2J`; *"])
    found.stdout.no_fnmatch_line("*\x1b*")
    listed = pytester.runpytest_inprocess("--collect-only", "-q", "a.ecrpolicy.json")
    assert listed.outlines[0] == r"a.ecrpolicy.json::a\x1b[2J"


def test_which_files_are_collected_can_be_said(pytester: pytest.Pytester, write: Any) -> None:
    write(web=lifecycle())
    (pytester.path / "other.case.json").write_text(json.dumps(access()))
    pytester.runpytest_inprocess("--no-ecrpolicy-cases").assert_outcomes()
    other = pytester.runpytest_inprocess("-o", "ecrpolicy_case_files=*.case.json", "--co", "-q")
    assert other.outlines[0] == "other.case.json::other"
    pytester.runpytest_inprocess("-o", "ecrpolicy_case_files=").assert_outcomes()
    pytester.runpytest_inprocess("-p", "no:ecrpolicy").assert_outcomes()


def test_files_of_yaml_are_collected(pytester: pytest.Pytester) -> None:
    for name in ("a.ecrpolicy.yaml", "b.ecrpolicy.yml"):
        (pytester.path / name).write_text(json.dumps(lifecycle()), "utf-8")
    pytester.runpytest_inprocess().assert_outcomes(passed=2)


def test_a_path_leads_from_the_file_of_the_case(pytester: pytest.Pytester) -> None:
    folder = pytester.mkdir("cases")
    (pytester.path / "policy.json").write_text(json.dumps(KEEP_ONE))
    (folder / "a.ecrpolicy.json").write_text(json.dumps(lifecycle(policy="../policy.json")))
    pytester.runpytest_inprocess().assert_outcomes(passed=1)


# Fixtures.


def test_a_snapshot_is_made_of_lines_or_files(pytester: pytest.Pytester) -> None:
    folder = pytester.mkdir("deep")
    listed = [{"imageDigest": f"sha256:{'a' * 64}", "imagePushedAt": 1767225600}]
    (folder / "images.json").write_text(json.dumps({"imageDetails": listed}))
    (folder / "test_it.py").write_text(
        "from datetime import UTC, datetime, timedelta\n"
        "from pathlib import Path\n"
        "import pytest\n"
        "NOW = datetime(2026, 2, 1, tzinfo=UTC)\n"
        "def test_lines(ecr_snapshot):\n"
        "    made = ecr_snapshot('a, b @ 2d', 'c @ 1d', now=NOW, manifests={'a': ['c']})\n"
        "    first, second = made.images\n"
        "    assert first.tags == ('a', 'b') and made.taken_at == NOW\n"
        "    assert made.taken_at - first.pushed_at == timedelta(days=2)\n"
        "    assert first.manifests == (second.digest,)\n"
        "def test_name(ecr_snapshot):\n"
        "    assert ecr_snapshot('a @ 2d', name='web').name == 'web'\n"
        "    assert ecr_snapshot(Path('images.json'), name='app').name == 'app'\n"
        "def test_files(ecr_snapshot):\n"
        "    (image,) = ecr_snapshot(Path('images.json')).images\n"
        "    assert image.pushed_at.isoformat() == '2026-01-01T00:00:00+00:00'\n"
        "def test_list(ecr_snapshot):\n"
        "    made = ecr_snapshot('a @ 2d', [f'b-{n} @ 1d' for n in range(2)], iter(['c @ 1d']))\n"
        "    assert [image.tags for image in made.images] == [('a',), ('b-0',), ('b-1',), ('c',)]\n"
        "@pytest.mark.parametrize('other', [3, None, b'a @ 1d', [3], {'a @ 1d': 1}])\n"
        "def test_others(ecr_snapshot, other):\n"
        "    with pytest.raises(TypeError, match='of the type `.*`: give lines such as'):\n"
        "        ecr_snapshot(other)\n"
        "def test_both(ecr_snapshot):\n"
        "    with pytest.raises(TypeError, match='not both'):\n"
        "        ecr_snapshot('a @ 1d', Path('images.json'))\n"
    )
    pytester.runpytest_inprocess().assert_outcomes(passed=10)


def test_a_registry_is_made_of_repositories_or_files(pytester: pytest.Pytester) -> None:
    arn = "arn:aws:ecr:eu-west-1:444455556666:repository/web"
    described = {"repositories": [{"repositoryName": "web", "repositoryArn": arn}]}
    (pytester.path / "registry.json").write_text(json.dumps(described))
    pytester.makepyfile(
        "from pathlib import Path\n"
        "import pytest\n"
        "from ecrpolicy.snapshot import Repository\n"
        "def test_values(ecr_registry):\n"
        "    made = ecr_registry(Repository('app'), region='eu-central-1')\n"
        "    assert (made.account, made.region) == ('111122223333', 'eu-central-1')\n"
        "    assert [each.name for each in made.repositories] == ['app']\n"
        "def test_files(ecr_registry):\n"
        "    made = ecr_registry(Path('registry.json'), policy='')\n"
        "    assert (made.account, made.region, made.policy) == ('444455556666', 'eu-west-1', '')\n"
        "def test_list(ecr_registry):\n"
        "    made = ecr_registry([Repository('app'), Repository('web')])\n"
        "    assert [each.name for each in made.repositories] == ['app', 'web']\n"
        "@pytest.mark.parametrize('other', ['registry.json', 3, [3], {}])\n"
        "def test_others(ecr_registry, other):\n"
        "    with pytest.raises(TypeError, match='of the type `.*`: give repositories, or'):\n"
        "        ecr_registry(other)\n"
        "def test_both(ecr_registry):\n"
        "    with pytest.raises(TypeError, match='not both'):\n"
        "        ecr_registry(Repository('app'), Path('registry.json'))\n"
    )
    pytester.runpytest_inprocess().assert_outcomes(passed=8)


# Invariants.


def test_an_invariant_that_is_broken_is_explained(pytester: pytest.Pytester) -> None:
    (pytester.path / "policy.json").write_text(json.dumps(KEEP_ONE))
    pytester.makepyfile(
        "from pathlib import Path\n"
        "import pytest\n"
        "from ecrpolicy import lifecycle\n"
        "from ecrpolicy.testing import invariants\n"
        "POLICY = lifecycle.parse(Path('policy.json').read_text())\n"
        "pytestmark = pytest.mark.ecr_invariant\n"
        "def test_holds(): return invariants.always_keeps(POLICY, at_least=1, tag='prod-*')\n"
        "def test_broken(): return invariants.always_keeps(POLICY, at_least=2, tag='prod-*')\n"
        "def test_asserts():\n"
        "    assert not invariants.always_keeps(POLICY, at_least=1, tag='prod-*')\n"
    )
    found = pytester.runpytest_inprocess("-W", "error")
    found.assert_outcomes(passed=1, failed=2)
    found.stdout.fnmatch_lines(
        [
            "broken: of each image with a tag that meets `prod-[*]`, a run leaves 2, *",
            "  a repository of 2 images breaks it: *",
            "    goes: rule 1 expires it",
            "      rule 1 owns it: the first that identifies it",
            "        tag `prod-*` meets the pattern `prod-[*]`",
            "        rank 2 of 2, youngest first; limit 1: past the limit",
        ]
    )
    found.stdout.fnmatch_lines([">*assert not invariants.always_keeps*"])
    found.stdout.no_fnmatch_line("*pytest_plugin.py*")
    found.stdout.no_fnmatch_line("*traceback entries*")


def test_what_an_invariant_returns_must_hold(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import pytest\n"
        "class Result:\n"
        "    def __init__(self, holds, text='it is so'): self.holds, self._text = holds, text\n"
        "    def text(self): return self._text\n"
        "@pytest.mark.ecr_invariant\n"
        "def test_one(): return Result(True)\n"
        "@pytest.mark.ecr_invariant\n"
        "class TestSeveral:\n"
        "    def test_all(self, tmp_path): return [Result(True), Result(True)]\n"
        "    def test_none(self): pass\n"
        "    def test_broken(self):\n"
        "        return [Result(True), Result(False, 'broken: a'), Result(False, 'broken: b')]\n"
        "    def test_other(self): return 5\n"
    )
    found = pytester.runpytest_inprocess("--strict-markers", "-W", "error")
    found.assert_outcomes(passed=3, failed=2)
    found.stdout.fnmatch_lines(["broken: a", "", "broken: b"], consecutive=True)
    found.stdout.fnmatch_lines(["`5` is no result of an invariant: return what has `holds`"])
    found.stdout.no_fnmatch_line("*it is so*")
    pytester.runpytest_inprocess("-m", "ecr_invariant").assert_outcomes(passed=3, failed=2)


RESULT = (
    "import unittest\n"
    "import pytest\n"
    "from hypothesis import given, strategies as st\n"
    "class Result:\n"
    "    def __init__(self, holds): self.holds = holds\n"
    "    def text(self): return 'broken: it'\n"
)


def test_an_invariant_can_be_stated_in_a_test_case(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"{RESULT}"
        "class TestIt(unittest.TestCase):\n"
        "    def setUp(self): self.result = Result\n"
        "    @pytest.mark.ecr_invariant\n"
        "    def test_holds(self): return self.result(True)\n"
        "    @pytest.mark.ecr_invariant\n"
        "    def test_broken(self): return self.result(False)\n"
        "    @pytest.mark.ecr_invariant\n"
        "    @unittest.expectedFailure\n"
        "    def test_known(self): return self.result(False)\n"
        "    @pytest.mark.ecr_invariant\n"
        "    @unittest.skip('later')\n"
        "    def test_skipped(self): return self.result(False)\n"
        "    def test_unmarked(self): pass\n"
    )
    found = pytester.runpytest_inprocess("-W", "error")
    found.assert_outcomes(passed=2, failed=1, xfailed=1, skipped=1)
    found.stdout.fnmatch_lines(["*TestIt.test_broken*", "broken: it"], consecutive=True)
    found.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_a_test_that_returns_no_results_fails(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"{RESULT}"
        "pytestmark = pytest.mark.ecr_invariant\n"
        "def test_list(): return []\n"
        "def test_nones(): return [None]\n"
        "class TestIt(unittest.TestCase):\n"
        "    def test_tuple(self): return ()\n"
    )
    found = pytester.runpytest_inprocess("-W", "error")
    found.assert_outcomes(failed=3)
    found.stdout.fnmatch_lines(["no result is returned: *", "`None` is no result *"])
    found.stdout.fnmatch_lines(["no result is returned: *"] * 2)


def test_an_invariant_goes_with_no_other_way_to_run_a_test(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"{RESULT}"
        "pytestmark = pytest.mark.ecr_invariant\n"
        "@given(st.none())\n"
        "def test_given(each): return Result(True)\n"
        "async def test_async(): return Result(True)\n"
        "class TestIt(unittest.TestCase):\n"
        "    @given(st.none())\n"
        "    def test_given(self, each): return Result(True)\n"
        "class TestAsync(unittest.IsolatedAsyncioTestCase):\n"
        "    async def test_async(self): return Result(True)\n"
    )
    found = pytester.runpytest_inprocess("-W", "error")
    found.assert_outcomes(failed=4)
    advice = "leave the marker out, and call `raise_if_broken()` of each result"
    for what in ("@given", "async def") * 2:
        found.stdout.fnmatch_lines([f"`ecr_invariant` does not go with `{what}`: {advice}"])
