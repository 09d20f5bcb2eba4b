"""`--price-per-gb-month`, of every command that has it."""

import json
from pathlib import Path

import pytest

from tests.cli.documents import NOW, digest, image, listing, policy, rule
from tests.cli.running import Run

FILES = ("--images", "images.json", "--now", NOW)
PREVIEW = ("preview", "policy.json", *FILES)
FORECAST = ("forecast", "policy.json", *FILES, "--days", "2")
COMPARE = ("compare", "policy.json", "new.json", *FILES)
PRICE = ("--price-per-gb-month", "0.10")


@pytest.fixture
def files(folder: Path) -> Path:
    """A folder with images of 20 and 30 GB, and policies that keep one and both."""
    (folder / "policy.json").write_text(policy())
    (folder / "new.json").write_text(policy(rule(countNumber=2)))
    (folder / "images.json").write_text(
        listing(
            image("a", imageSizeInBytes=20_000_000_000),
            image("b", imageSizeInBytes=30_000_000_000),
        )
    )
    return folder


def test_a_preview(files: Path, run: Run) -> None:
    ended = run(*PREVIEW, *PRICE)
    assert ended.code == 0
    assert ended.lines[-5:] == [
        "storage a month, at 0.10 for a GB:",
        "  5.00 before the run, for 50.0 GB",
        "  3.00 after it, for 30.0 GB",
        "  layers that images share are counted with each of them, for the manifests of",
        "some images are not given; the archive is not priced",
    ]


def test_layers_are_counted_once_where_manifests_are_given(files: Path, run: Run) -> None:
    def manifest(digit: str, own: int) -> dict[str, object]:
        layers = [
            {"digest": digest("9"), "size": 15 * 10**9},
            {"digest": digest(digit), "size": own},
        ]
        text = json.dumps({"layers": layers})
        return {"imageId": {"imageDigest": digest(digit)}, "imageManifest": text}

    answer = {"images": [manifest("a", 5 * 10**9), manifest("b", 15 * 10**9)]}
    (files / "manifests.json").write_text(json.dumps(answer))
    ended = run(*PREVIEW, *PRICE, "--manifests", "manifests.json")
    assert ended.lines[-3:] == [
        "  3.50 before the run, for 35.0 GB",
        "  3.00 after it, for 30.0 GB",
        "  layers that images share are counted once; the archive is not priced",
    ]


def test_a_forecast_and_a_comparison(files: Path, run: Run) -> None:
    lines = run(*FORECAST, *PRICE).lines
    assert "  5.00 before the first run, for 50.0 GB" in lines
    assert "  3.00 after day 2, for 30.0 GB" in lines
    lines = run(*COMPARE, *PRICE).lines
    assert "  3.00 after it under the old policy, for 30.0 GB" in lines
    assert "  5.00 after it under the new policy, for 50.0 GB" in lines


@pytest.mark.parametrize(
    ("words", "member"), [(PREVIEW, "ecrpolicy"), (FORECAST, None), (COMPARE, None)]
)
def test_json(files: Path, run: Run, words: tuple[str, ...], member: str | None) -> None:
    answer = run(*words, *PRICE, "--format", "json").json
    costs = (answer[member] if member else answer)["costs"]
    assert costs["pricePerGbMonth"] == "0.10"
    assert costs["layersCountedOnce"] is False
    assert costs["amounts"][0]["perMonth"] == "5.000000"
    bare = run(*words, "--format", "json").json
    assert "costs" not in (bare[member] if member else bare)


@pytest.mark.parametrize("words", [PREVIEW, FORECAST, COMPARE])
def test_markdown(files: Path, run: Run, words: tuple[str, ...]) -> None:
    lines = run(*words, *PRICE, "--format", "markdown").lines
    assert lines[2] == "- storage a month, at 0.10 for a GB:"
    assert lines[3].startswith("  - 5.00 before the")


@pytest.mark.parametrize(
    "price", ["", "0", "-1", "x", "nan", "inf", "1e7", "1_0", "١", "+1", "0." + "1" * 30]
)
def test_prices_that_are_none(files: Path, run: Run, price: str) -> None:
    ended = run(*PREVIEW, f"--price-per-gb-month={price}")
    assert (ended.code, ended.out) == (2, "")
    assert f"`{price}` is no price; give a number above 0, such as `0.10`" in ended.err


def test_costs_are_those_of_a_repository(files: Path, run: Run) -> None:
    ended = run("compare", "policy.json", "new.json", "--any-repository", *PRICE)
    assert (ended.code, ended.out) == (2, "")
    assert "costs are those of a repository: name it with `--images`" in ended.err
