"""Schema 1 made of a configuration: ids and texts are worked out here, by hand.

Docker's "Image Manifest Version 2, Schema 1"; "Image Specification v1.0.0" for what is in a
history. The id of a step is the SHA-256 of its layer and the id below it, in hexadecimal with a
space between; that of the last step goes on with a space and the configuration.
"""

import gzip
import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import quotas
from ecrpolicy.registry.content.schema1 import EMPTY_LAYER, EMPTY_LAYER_CONTENT, build

BASE, APP = "ab" * 32, "cd" * 32
EMPTY = "a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4"
LAYERS = [f"sha256:{BASE}", f"sha256:{APP}"]
ADD = {"created": "2026-01-31T09:00:00Z", "created_by": "ADD rootfs.tar /", "author": "ana"}
ENV = {"created_by": "ENV A=b", "comment": "a word", "empty_layer": True}
COPY = {"created": "2026-01-31T09:00:02.5+01:00", "created_by": "COPY app /"}


def told(*history: Any, **members: Any) -> dict[str, Any]:
    return {
        "architecture": "arm64",
        "os": "linux",
        "config": {"Cmd": ["/app"]},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{'1' * 64}", f"sha256:{'2' * 64}"]},
        "history": list(history or (ADD, ENV, COPY)),
        **members,
    }


def made(config: bytes | dict[str, Any], layers: list[str] = LAYERS) -> bytes | None:
    text = config if isinstance(config, bytes) else json.dumps(config).encode()
    found = build("team/web", "v1", layers, text)
    return None if found is None else found.text


def read(text: bytes | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    assert text is not None
    manifest = json.loads(text)
    return manifest, [json.loads(each["v1Compatibility"]) for each in manifest.pop("history")]


def hexadecimal(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_the_steps_become_images_the_newest_first() -> None:
    config = json.dumps(told())
    first = hexadecimal(f"{BASE} ")
    second = hexadecimal(f"{EMPTY} {first}")
    last = hexadecimal(f"{APP} {second} {config}")
    manifest, history = read(made(config.encode()))
    assert manifest == {
        "schemaVersion": 1,
        "name": "team/web",
        "tag": "v1",
        "architecture": "arm64",
        "fsLayers": [
            {"blobSum": f"sha256:{APP}"},
            {"blobSum": f"sha256:{EMPTY}"},
            {"blobSum": f"sha256:{BASE}"},
        ],
    }
    assert history == [
        {
            "architecture": "arm64",
            "os": "linux",
            "config": {"Cmd": ["/app"]},
            "id": last,
            "parent": second,
        },
        {
            "id": second,
            "parent": first,
            "comment": "a word",
            # Go's time of nothing, which Docker's registry writes.
            "created": "0001-01-01T00:00:00Z",
            "container_config": {"Cmd": ["ENV A=b"]},
            "throwaway": True,
        },
        {
            "id": first,
            "created": "2026-01-31T09:00:00Z",
            "container_config": {"Cmd": ["ADD rootfs.tar /"]},
            "author": "ana",
        },
    ]


def test_the_text_is_indented_as_docker_does() -> None:
    text = made(told(ADD, COPY))
    assert text is not None
    assert text.startswith(b'{\n   "schemaVersion": 1,\n   "name": "team/web",\n   "tag": "v1",\n')
    assert f'\n   "fsLayers": [\n      {{\n         "blobSum": "sha256:{APP}"\n' in text.decode()
    assert text.endswith(b"\n      }\n   ]\n}")


def test_the_last_step_may_change_no_file() -> None:
    config = json.dumps(told(ADD, COPY, ENV))
    below = hexadecimal(f"{APP} {hexadecimal(f'{BASE} ')}")
    manifest, (top, *_) = read(made(config.encode()))
    assert [each["blobSum"] for each in manifest["fsLayers"]] == [
        *(f"sha256:{EMPTY}", f"sha256:{APP}", f"sha256:{BASE}")
    ]
    assert top["id"] == hexadecimal(f"{EMPTY} {below} {config}")
    assert (top["parent"], top["throwaway"]) == (below, True)


def test_one_step_has_nothing_below_it() -> None:
    config = told(COPY, rootfs={"type": "layers", "diff_ids": ["sha256:1"]})
    text = json.dumps(config)
    _, [top] = read(made(text.encode(), LAYERS[1:]))
    assert top["id"] == hexadecimal(f"{APP}  {text}")
    assert "parent" not in top
    assert "throwaway" not in top


def test_a_configuration_has_no_say_in_what_it_is_put_on() -> None:
    config = json.dumps(told(ADD, COPY, id="mine", parent="yours", throwaway=True))
    _, (top, *_) = read(made(config.encode()))
    below = hexadecimal(f"{BASE} ")
    assert top["id"] == hexadecimal(f"{APP} {below} {config}")
    assert top["parent"] == below
    assert "throwaway" not in top


def test_null_is_what_is_not_there() -> None:
    nothing = dict.fromkeys(("created", "created_by", "author", "comment", "empty_layer"))
    manifest, history = read(made(told(nothing, COPY, architecture=None)))
    assert manifest["architecture"] == ""
    assert history[1] == {
        "id": hexadecimal(f"{BASE} "),
        "created": "0001-01-01T00:00:00Z",
        "container_config": {"Cmd": [""]},
    }


def test_letters_of_any_script_are_text() -> None:
    _, history = read(made(told({**ADD, "author": "Zoë <ana>"}, COPY)))
    assert history[1]["author"] == "Zoë <ana>"


def test_whether_there_is_a_layer_with_nothing_in_it() -> None:
    for history, has_one in (((ADD, COPY), False), ((ADD, ENV, COPY), True)):
        found = build("web", "v1", LAYERS, json.dumps(told(*history)).encode())
        assert found is not None
        assert found.has_empty_layer is has_one


def test_the_layer_with_nothing_in_it_is_a_tar_without_files() -> None:
    assert f"sha256:{EMPTY}" == EMPTY_LAYER
    assert sha256(EMPTY_LAYER_CONTENT).hexdigest() == EMPTY
    assert gzip.decompress(EMPTY_LAYER_CONTENT) == bytes(1024)


DEEP = b'{"a":' * 100_000


@pytest.mark.parametrize(
    "config",
    [
        *(b"", b"{", b"[]", b"7", b"null", b"\xff", DEEP, b"[" * 100_000),
        json.dumps(told()).encode("utf-16"),
        json.dumps(told(NaN=float("nan"))).encode(),
        json.dumps(told({**ADD, "NaN": float("nan")}, COPY)).encode(),
        json.dumps(told(a=1)).replace('"a": 1', '"a": 1e999').encode(),
        json.dumps(told(a=1)).replace('"a": 1', f'"a": 1{"0" * 5_000}').encode(),
        {},
        told(created=5),
        told(created="yesterday"),
        told(history=None),
        told(history=[]),
        told(history={}),
        told(7),
        told(ADD),
        told(ADD, ENV),
        told(ADD, COPY, COPY),
        told(ADD, {**COPY, "created": 7}),
        told(ADD, {**COPY, "created": "yesterday"}),
        told(ADD, {**COPY, "created_by": ["COPY"]}),
        # Half of a surrogate pair is no text.
        told({**ADD, "created_by": "\ud800"}, COPY),
        told(architecture="\ud800"),
        told(config={"Env": ["A=\udc00"]}),
        told(ADD, {**COPY, "author": {}}),
        told(ADD, {**COPY, "comment": 7}),
        told(ADD, COPY, {"empty_layer": "yes"}),
        told(architecture=7),
        told(rootfs=None),
        told(rootfs=7),
        told(rootfs={"type": "layers"}),
        told(rootfs={"type": "layers", "diff_ids": ["sha256:1"]}),
        told(rootfs={"type": "layers", "diff_ids": [1, 2]}),
        told(rootfs={"type": "layers+base", "diff_ids": ["sha256:1", "sha256:2"]}),
    ],
)
def test_what_nothing_is_made_of(config: bytes | dict[str, Any]) -> None:
    assert made(config) is None


def test_what_fits_no_manifest_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    text = made(told())
    assert text is not None
    monkeypatch.setattr(quotas, "MANIFEST_MAX_CHARACTERS", len(text))
    assert made(told()) == text
    monkeypatch.setattr(quotas, "MANIFEST_MAX_CHARACTERS", len(text) - 1)
    assert made(told()) is None
    monkeypatch.undo()
    assert made(told(a="a" * quotas.MANIFEST_MAX_CHARACTERS)) is None


def test_more_steps_than_any_image_has_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotas, "MANIFEST_MAX_CHARACTERS", 10**9)
    assert made(told(ADD, COPY, *[ENV] * 9_998)) is not None
    assert made(told(ADD, COPY, *[ENV] * 9_999)) is None


words = st.sampled_from(("layers", "", "2026-01-31T09:00:00Z", "ADD")) | st.text(max_size=9)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
steps = st.fixed_dictionaries(
    {},
    optional={
        "created": words,
        "created_by": words,
        "comment": values,
        "empty_layer": st.booleans() | values,
    },
)
configurations = st.fixed_dictionaries(
    {
        "rootfs": st.fixed_dictionaries({"type": words, "diff_ids": st.lists(words) | values}),
        "history": st.lists(steps | values, max_size=3) | values,
    },
    optional={"architecture": values, "config": values},
)


@given(st.binary() | (configurations | values).map(lambda each: json.dumps(each).encode()))
def test_whatever_a_configuration_says_it_is_made_or_not(config: bytes) -> None:
    for layers in ([], LAYERS):
        text = made(config, layers)
        if text is not None:
            manifest, history = read(text)
            assert len(manifest["fsLayers"]) == len(history) >= len(layers)


def test_an_image_of_steps_alone_has_that_layer_alone() -> None:
    config = told(ENV, rootfs={"type": "layers"})
    manifest, _ = read(made(config, []))
    assert manifest["fsLayers"] == [{"blobSum": f"sha256:{EMPTY}"}]
