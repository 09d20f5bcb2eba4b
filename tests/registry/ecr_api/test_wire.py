"""Requests and answers in AWS JSON 1.1."""

import json
from datetime import UTC, datetime

import pytest

from ecrpolicy.registry.ecr_api import wire
from ecrpolicy.registry.refusal import Refusal


@pytest.mark.parametrize(
    ("body", "members"), [(b"", {}), (b" \n", {}), (b'{"a": [1]}', {"a": [1]})]
)
def test_the_members_of_a_request_are_read(body: bytes, members: object) -> None:
    assert wire.read(body) == members


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b"\xff\xfe",
        b'{"a": "\xff"}',
        b'{"a": "\\ud800"}',
        b'{"\\uDFFF": 1}',
        b'{"a": ' + b"9" * 10_000 + b"}",
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a": ' * 100_000,
        b"\xef\xbb\xbf{}",
    ],
)
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        wire.read(body)
    assert (refused.value.code, refused.value.status) == ("SerializationException", 400)


def test_a_whole_surrogate_pair_is_one_character() -> None:
    assert wire.read(b'{"a": "\\ud83d\\ude00"}') == {"a": "\N{GRINNING FACE}"}


def test_depth_is_bounded() -> None:
    inner = wire.MAX_DEPTH - 1
    assert wire.read(b'{"a": ' + b"[" * inner + b"]" * inner + b"}")
    with pytest.raises(Refusal, match="32 levels"):
        wire.read(b'{"a": ' + b"[" * (inner + 1) + b"]" * (inner + 1) + b"}")


def test_times_are_seconds_and_blobs_base64() -> None:
    # 2024-01-01 is 19,723 days after 1970-01-01.
    instant = datetime(2024, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC)
    answer = json.loads(wire.write({"createdAt": instant, "blob": b"\x00\xff"}))
    assert answer == {"createdAt": 19_723 * 86_400 + 1.5, "blob": "AP8="}
