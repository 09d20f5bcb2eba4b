"""What the page about pytest has pytest do, and what it says is printed."""

import re
import shutil

import pytest

# Runs within this process forget what they import: what is imported here already, they share.
import ecrpolicy.testing.cases.fixtures
import ecrpolicy.testing.cases.yaml  # noqa: F401
from tests.docs.examples import ROOT

PAGE = (ROOT / "docs" / "how-to" / "test-policies-with-pytest.md").read_text("utf-8")
FILES = dict(
    re.findall(r"^```\{code-block\} \w+\n:caption: (\S+)\n\n(.*?)^```$", PAGE, re.M | re.S)
)
PYTHON = re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S)
PRINTED = [
    block.splitlines() for block in re.findall(r"^```text\n(\$ pytest.*?)^```$", PAGE, re.M | re.S)
]
SHOP = ROOT / "fixtures" / "snapshots"


@pytest.fixture
def folder(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with the files of the page, and a listing."""
    for name in ("policy.json", "web.ecrpolicy.yaml"):
        (pytester.path / name).write_text(FILES[name], "utf-8")
    for name, printed in (("images", "describe-images"), ("manifests", "batch-get-image")):
        shutil.copy(SHOP / f"storefront-web.{printed}.json", pytester.path / f"{name}.json")
    pytester.makepyfile("\n\n".join(PYTHON))
    return pytester


@pytest.mark.parametrize("number", range(2))
def test_what_is_printed(folder: pytest.Pytester, number: int) -> None:
    command, *printed = PRINTED[number]
    of_tests = "*.py" if "ecr_invariant" in command else "*.yaml"
    asked = command.split()[2:]
    found = folder.runpytest_inprocess(*asked, *map(str, folder.path.glob(of_tests)))
    heading = printed.index(next(line for line in printed if line.startswith("=")))
    found.stdout.fnmatch_lines(
        [re.sub(r"([*?[])", r"[\1]", line) for line in printed[heading:]], consecutive=True
    )


def test_the_tests_pass(folder: pytest.Pytester) -> None:
    found = folder.runpytest_inprocess("-m", "not ecr_invariant", "--no-ecrpolicy-cases")
    found.assert_outcomes(passed=3, deselected=1)
