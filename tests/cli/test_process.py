"""The command as a process of its own: pipes, encodings, exit codes, what it imports."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.documents import STOREFRONT, image, listing, policy, rule, service_preview
from tests.cli.registry_documents import WAREHOUSE

CALL = (sys.executable, "-m", "ecrpolicy")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WORDS = ("preview", "policy.json", "--images", "images.json")

# What `--version` has no use for.
HEAVY = {"boto3", "botocore", "lark", "pydantic", "pydantic_core", "rich"}


def call(
    *words: str, folder: Path, stdin: bytes | None = b"", **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    """The command called in a folder, under an environment that asks for plain text."""
    kept = {"PATH", "HOME", "SYSTEMROOT", "VIRTUAL_ENV", "PYTHONPATH", "LANG"}
    plain = {name: value for name, value in os.environ.items() if name in kept}
    plain |= {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        (*CALL, *words),
        cwd=folder,
        input=stdin,
        env=plain | environment,
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A policy that keeps the newest of two images."""
    (tmp_path / "policy.json").write_text(policy())
    (tmp_path / "images.json").write_text(
        listing(image("a", "v1"), image("b", "v2", imagePushedAt="2026-01-02T00:00:00Z"))
    )
    return tmp_path


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_a_reader_that_has_seen_enough_ends_it_quietly(tmp_path: Path, form: str) -> None:
    # More than a pipe holds, so that the writer finds it closed.
    images = [image("a", imageDigest=f"sha256:{number:064x}") for number in range(2000)]
    (tmp_path / "policy.json").write_text(policy())
    (tmp_path / "images.json").write_text(listing(*images))
    with subprocess.Popen(
        (*CALL, *WORDS, "--format", form),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_a_reader_that_is_gone_ends_it_quietly(files: Path, form: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            (*CALL, *WORDS, "--format", form),
            cwd=files,
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_output_of_an_editor_with_a_byte_order_mark_is_read(files: Path) -> None:
    images = (files / "images.json").read_bytes()
    (files / "images.json").write_bytes(BYTE_ORDER_MARK + images.replace(b"\n", b"\r\n"))
    ended = call(*WORDS, "--format", "json", folder=files)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert len(json.loads(ended.stdout)["previewResults"]) == 1


def test_a_policy_with_a_byte_order_mark_is_refused_as_the_service_would(files: Path) -> None:
    (files / "policy.json").write_bytes(BYTE_ORDER_MARK + policy().encode())
    ended = call(*WORDS, folder=files)
    assert (ended.returncode, ended.stdout) == (2, b"")
    first, second = ended.stderr.decode().splitlines()
    assert first == (
        "ecrpolicy: policy.json:1:1: the text starts with a byte-order mark; save it without"
    )
    assert second.startswith("  the service would say: ")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_poor_encoding_loses_characters_but_not_the_preview(files: Path, encoding: str) -> None:
    (files / "policy.json").write_text(policy(rule(description="the last ☃")), "utf-8")
    ended = call(*WORDS, folder=files, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert r"the last \u2603" in ended.stdout.decode(encoding)


def test_complaints_survive_a_poor_encoding(files: Path) -> None:
    ended = call(
        "preview", "☃.json", "--images", "images.json", folder=files, PYTHONIOENCODING="ascii"
    )
    assert ended.returncode == 2
    assert ended.stderr == b"ecrpolicy: `\\u2603.json` is not there: check the path\n"


def test_standard_input_is_a_pipe(files: Path) -> None:
    words = ("preview", "-", "--images", "images.json", "--format", "csv")
    ended = call(*words, folder=files, stdin=policy().encode())
    assert ended.returncode == 0
    assert ended.stdout.startswith(b"imageDigest,")
    assert b"\r" not in ended.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (WORDS, 0),
        (("--version",), 0),
        (("schema", "lifecycle"), 0),
        ((*WORDS, "--against", "same.json"), 0),
        ((*WORDS, "--against", "other.json"), 1),
        (("preview", "none.json", "--images", "images.json"), 2),
        (("frobnicate",), 2),
        ((), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_exit_codes(files: Path, words: tuple[str, ...], code: int) -> None:
    (files / "same.json").write_text(service_preview(("a", 1)))
    (files / "other.json").write_text(service_preview(("b", 1)))
    assert call(*words, folder=files).returncode == code


def test_text_needs_rich_and_nothing_else_does(files: Path) -> None:
    without = "import sys; sys.modules['rich'] = None\n"
    (files / "sitecustomize.py").write_text(without)
    path = os.pathsep.join((str(files), os.environ.get("PYTHONPATH", "")))
    ended = call(*WORDS, folder=files, PYTHONPATH=path)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode().startswith("ecrpolicy: text output needs `rich")
    assert "pip install 'ecrpolicy[cli]'" in ended.stderr.decode()
    for form in ("json", "csv", "markdown"):
        ended = call(*WORDS, "--format", form, folder=files, PYTHONPATH=path)
        assert (ended.returncode, ended.stderr) == (0, b"")


def test_reading_live_needs_boto3(files: Path) -> None:
    (files / "sitecustomize.py").write_text("import sys; sys.modules['boto3'] = None\n")
    path = os.pathsep.join((str(files), os.environ.get("PYTHONPATH", "")))
    ended = call("snapshot", "--repository", "team/app", folder=files, PYTHONPATH=path)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr == (
        b"ecrpolicy: reading live needs `boto3`: install it with `pip install 'ecrpolicy[aws]'`\n"
    )


def imported(*words: str, folder: Path) -> set[str]:
    """The packages that a call imports."""
    ended = subprocess.run(
        (sys.executable, "-X", "importtime", "-m", "ecrpolicy", *words),
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr.decode()
    lines = [line for line in ended.stderr.decode().splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize(
    "words", [("--version",), ("--help",), ("registry", "--help")], ids=" ".join
)
def test_what_needs_nothing_imports_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    packages = imported(*words, folder=tmp_path)
    assert "ecrpolicy" in packages
    assert packages & HEAVY == set()


def test_a_preview_from_files_imports_what_it_needs(files: Path) -> None:
    packages = imported(*WORDS, "--format", "json", folder=files)
    assert "pydantic" in packages
    assert packages & HEAVY == {"pydantic", "pydantic_core"}


def test_a_registry_is_checked_without_what_draws_tables(tmp_path: Path) -> None:
    for words in (("check", WAREHOUSE, "--format", "json"), ("graph", WAREHOUSE)):
        assert imported("registry", *words, folder=tmp_path) & {"boto3", "rich"} == set()
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['rich'] = None\n")
    path = os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH", "")))
    check = ("registry", "check", WAREHOUSE)
    ended = call(*check, folder=tmp_path, PYTHONPATH=path)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode().startswith("ecrpolicy: text output needs `rich")
    for more in (("--format", "markdown"), ("--format", "json"), ("--repository", "prod/stock")):
        ended = call(*check, *more, folder=tmp_path, PYTHONPATH=path)
        assert (ended.returncode, ended.stderr) == (0, b"")


def test_the_storefront_from_a_process(tmp_path: Path) -> None:
    ended = call("preview", *STOREFRONT, folder=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "20 images expire, 1.9 GB freed" in ended.stdout.decode("utf-8")
