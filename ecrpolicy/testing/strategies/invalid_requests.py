"""Requests, as they stand in cases, that are refused for one reason."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ecrpolicy.testing.strategies import words
from ecrpolicy.testing.strategies.iam import callers, ecr_actions
from ecrpolicy.testing.strategies.invalid import (
    WRONG,
    Breakage,
    Invalid,
    Json,
    invalid,
    pick,
)
from ecrpolicy.testing.strategies.invalid_words import ARNS

_SESSION: Final = "arn:aws:sts::111122223333:assumed-role/ci/build"
_FEDERATED: Final = "arn:aws:sts::111122223333:federated-user/bob"
_NO_ACTIONS: Final = ("", "PutImage", "ecr:", ":PutImage", "ecr:*", "ecr:Put Image", "ecr/PutImage")
_NO_CALLERS: Final = (
    *("", "bob", "*", "111122223333", "arn:aws:iam::1:user/bob", "arn:aws:iam::111122223333:user/"),
    *("arn:aws:iam::111122223333:group/dev", "arn:aws:sts::111122223333:assumed-role/ci"),
    "arn:aws:ecr:us-east-1:111122223333:repository/web",
)
_TYPES: Final = {
    "action": "string",
    "context": "object",
    "serviceLinkedRole": "boolean",
    "principalTags": "object",
    "resourceTags": "object",
}


def invalid_requests(*, rules: Sequence[str] | None = None) -> SearchStrategy[Invalid]:
    """Values of `request` of a case with one fault; with `rules`, with one of these.

    Shrinks to a pull from `web` by the user `bob` of its account, but for the fault.
    """
    return invalid(_REQUESTS, rules)


def _request(draw: DrawFn, **changed: Any) -> Json:
    made = {
        "principal": draw(callers()),
        "action": draw(ecr_actions()),
        "resource": draw(words.arns(regions=st.just("us-east-1"))),
    }
    return {**made, **changed}


def _missing(draw: DrawFn) -> Invalid:
    request = _request(draw)
    del request[pick(draw, ("principal", "action"))]
    return Invalid(request, "missing-member", "")


def _wrong_type(draw: DrawFn) -> Invalid:
    name = pick(draw, tuple(_TYPES))
    request = _request(draw, **{name: pick(draw, WRONG[_TYPES[name]])})
    return Invalid(request, "wrong-type", f"/{name}")


def _changed(rule: str, name: str, values: Sequence[Any], **others: Any) -> Breakage:
    def breakage(draw: DrawFn) -> Invalid:
        return Invalid(_request(draw, **others, **{name: pick(draw, values)}), rule, f"/{name}")

    return breakage


def _malformed_resource(draw: DrawFn) -> Invalid:
    broken = pick(draw, [each for several in ARNS.values() for each in several])(draw)
    return Invalid(_request(draw, resource=broken.document), "malformed-resource", "/resource")


def _context_value(draw: DrawFn) -> Invalid:
    value = pick(draw, (None, {}, [None], ["a", {}], [[]]))
    return Invalid(_request(draw, context={"aws:a": value}), "context-value", "/context/aws:a")


def _repeated_key(draw: DrawFn) -> Invalid:
    context = {"aws:SourceVpc": "vpc-1", "aws:sourceVPC": pick(draw, ("vpc-1", "vpc-2"))}
    return Invalid(_request(draw, context=context), "repeated-key", "/context/aws:sourceVPC")


_REQUESTS: Final[Mapping[str, Sequence[Breakage]]] = {
    "missing-member": (_missing,),
    "unknown-member": tuple(
        _changed("unknown-member", name, (1, "a")) for name in ("resourceTag", "Action", "actions")
    ),
    "wrong-type": (_wrong_type,),
    "malformed-action": (_changed("malformed-action", "action", _NO_ACTIONS),),
    "malformed-caller": (_changed("malformed-caller", "principal", _NO_CALLERS),),
    "malformed-resource": (_malformed_resource,),
    "malformed-account": (
        _changed("malformed-account", "resourceAccount", ("", "1", "11112222333a")),
    ),
    "other-role": (
        _changed(
            "other-role",
            "role",
            ("arn:aws:iam::111122223333:role/dev", "arn:aws:iam::444455556666:role/ci"),
            principal=_SESSION,
        ),
    ),
    "other-user": (
        _changed(
            "other-user", "user", ("arn:aws:iam::444455556666:user/bob",), principal=_FEDERATED
        ),
    ),
    "context-value": (_context_value,),
    "repeated-key": (_repeated_key,),
}
