"""The API as botocore's model of it says: its operations, and what a request of each must be.

What AWS publishes of a service is what its clients are made from; so are the checks here. A model
is read once in a process, and the check of an operation is made when it is first called.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, NamedTuple

from botocore.loaders import Loader
from botocore.model import ListShape, ServiceModel, Shape, StructureShape

from ecrpolicy.document.shape import invalid_parameter
from ecrpolicy.registry.ecr_api.constraints import Constraint, constraints_of
from ecrpolicy.registry.ecr_api.errors import spoken
from ecrpolicy.registry.ecr_api.values import READERS
from ecrpolicy.registry.ecr_api.wire import malformed

_NOT_NULL: Final = "Member must not be null"


class _Broken(NamedTuple):
    """A constraint that does not hold, and the place of the member."""

    path: str
    constraint: str


# Takes the value, its place, and a list for what does not hold; returns what a handler gets.
_Check = Callable[[Any, str, list[_Broken]], Any]


@cache
def service_model() -> ServiceModel:
    """The model of Amazon ECR."""
    return ServiceModel(Loader().load_service_model("ecr", "service-2"))


@cache
def operation_of() -> dict[str, str]:
    """The operation of each value of the header `X-Amz-Target`."""
    model = service_model()
    prefix = model.metadata["targetPrefix"]
    return {f"{prefix}.{name}": name for name in model.operation_names}


def input_shape(operation: str) -> StructureShape:
    """What a request of an operation has in it; all operations of this API have a shape."""
    shape = service_model().operation_model(operation).input_shape
    if shape is None:
        raise TypeError(f"`{operation}` takes no members")
    return shape


def checked(operation: str, members: dict[str, Any]) -> dict[str, Any]:
    """A request that is valid by the model: members that it knows, blobs as bytes.

    Members that are null are not there, and unknown ones are passed over. Raises Refusal:
    SerializationException for a wrong type, InvalidParameterException for the first constraint
    that does not hold.
    """
    broken: list[_Broken] = []
    request: dict[str, Any] = _check_of(operation)(members, "", broken)
    if broken:
        raise spoken(invalid_parameter(*broken[0]))
    return request


@cache
def _check_of(operation: str) -> _Check:
    return _structure(input_shape(operation))


def _compiled(shape: Shape) -> _Check:
    match shape:
        case StructureShape():
            return _structure(shape)
        case ListShape():
            return _list(shape)
    return _scalar(shape)


def _structure(shape: StructureShape) -> _Check:
    required = frozenset(shape.required_members)
    members = [
        (name, name in required, _compiled(member)) for name, member in shape.members.items()
    ]

    def check(value: Any, path: str, broken: list[_Broken]) -> Any:
        if not isinstance(value, dict):
            raise malformed("Expected a structure")
        before = f"{path}." if path else ""
        read = {}
        for name, is_required, check_member in members:
            given = value.get(name)
            if given is not None:
                read[name] = check_member(given, before + name, broken)
            elif is_required:
                broken.append(_Broken(before + name, _NOT_NULL))
        return read

    return check


def _list(shape: ListShape) -> _Check:
    of_list = constraints_of(shape)
    is_of_structures = isinstance(shape.member, StructureShape)
    check_member = _compiled(shape.member)

    def check(value: Any, path: str, broken: list[_Broken]) -> Any:
        if not isinstance(value, list):
            raise malformed("Expected a list")
        broken += _unmet(of_list, value, path)
        if is_of_structures:
            places = (f"{path}.{number}.member" for number in range(1, len(value) + 1))
            return [check_member(each, at, broken) for each, at in zip(value, places, strict=True)]
        inner: list[_Broken] = []
        read = [check_member(each, path, inner) for each in value]
        if inner:
            broken.append(_Broken(path, _of_members(inner)))
        return read

    return check


def _of_members(broken: list[_Broken]) -> str:
    """How the service says that members of a list of texts do not fit."""
    said = ", ".join(dict.fromkeys(each.constraint for each in broken))
    return f"Member must satisfy constraint: [{said}]"


def _scalar(shape: Shape) -> _Check:
    read = READERS[shape.type_name]
    constraints = constraints_of(shape)

    def check(value: Any, path: str, broken: list[_Broken]) -> Any:
        found = read(value)
        broken += _unmet(constraints, found, path)
        return found

    return check


def _unmet(constraints: tuple[Constraint, ...], value: Any, path: str) -> Iterator[_Broken]:
    """The first constraint that does not hold: a text that is too long is not matched."""
    for each in constraints:
        if not each.holds(value):
            yield _Broken(path, each.text)
            return
