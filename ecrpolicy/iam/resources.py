"""Resource and NotResource, made into functions of a request's resource.

IAM User Guide, "IAM JSON policy elements: Resource" and "… NotResource"; where variables count:
"IAM policy elements: Variables and tags", "Where you can use policy variables".
"""

from collections.abc import Callable, Sequence
from typing import Final

from ecrpolicy.iam.model import Element
from ecrpolicy.iam.patterns import (
    Match,
    Piece,
    has_wildcard,
    literal_head,
    matcher,
    resource_matcher,
)
from ecrpolicy.iam.variables import Template, Values, has_variables, template

# Whether a resource, or None where the request has none, is covered.
Coverage = Callable[[str | None, Values], bool]

EVERYTHING: Final = "*"

_COLONS_BEFORE_VARIABLES: Final = 5


def coverage(element: Element, *, knows_variables: bool) -> Coverage | None:
    """The function that tells whether an element covers a resource; None where it covers all.

    A request without a resource is covered by `*` alone, and by a NotResource other than `*`.
    """
    is_negated = element.is_negated
    if EVERYTHING in element.values:
        return (lambda _resource, _values: False) if is_negated else None
    plain, with_variables = _sorted(element.values, knows_variables=knows_variables)
    texts = frozenset(text for text in plain if not has_wildcard(text))
    matchers = [resource_matcher([Piece(text)]) for text in plain if has_wildcard(text)]
    templates = [arn_template(text) for text in with_variables]
    if not (is_negated or texts or templates) and len(matchers) == 1:
        return _covered_by_one(matchers[0])

    def covers(resource: str | None, values: Values) -> bool:
        if resource is None:
            return is_negated
        is_listed = (
            resource in texts
            or any(matches(resource) for matches in matchers)
            or any(_covers(each, resource, values) for each in templates)
        )
        return is_listed is not is_negated

    return covers


def _covered_by_one(matches: Match) -> Coverage:
    return lambda resource, _values: resource is not None and matches(resource)


def _sorted(values: Sequence[str], *, knows_variables: bool) -> tuple[list[str], list[str]]:
    """Values without and with variables."""
    plain: list[str] = []
    with_variables: list[str] = []
    for value in values:
        counts = knows_variables and has_variables(behind_fields(value))
        (with_variables if counts else plain).append(value)
    return plain, with_variables


def behind_fields(value: str) -> str:
    """What stands behind the fifth colon, where alone variables count."""
    fields = value.split(":", _COLONS_BEFORE_VARIABLES)
    return fields[-1] if len(fields) > _COLONS_BEFORE_VARIABLES else ""


def arn_template(value: str) -> Template:
    """An ARN cut at its variables; its first piece has all that stands before the fifth colon."""
    behind = behind_fields(value)
    fields = value[: len(value) - len(behind)]
    return Template((Piece(fields), *template(behind).parts))


def _covers(arn: Template, resource: str, values: Values) -> bool:
    """A value whose variable has none covers nothing."""
    pieces = arn.fill(values)
    return pieces is not None and resource_matcher(pieces)(resource)


def heads(element: Element | None) -> tuple[str, ...]:
    """The texts with which every resource starts that the element covers, or one that is empty.

    >>> heads(Element(("arn:aws:ecr:us-east-1:111122223333:repository/a*",)))
    ('arn:aws:ecr:us-east-1:111122223333:repository/a',)
    """
    if element is None or element.is_negated:
        return ("",)
    found = tuple(literal_head(value.partition("${")[0]) for value in element.values)
    return ("",) if "" in found else found


def action_matcher(element: Element) -> Match:
    """Whether an action in lower case is meant by Action, or by NotAction.

    >>> action_matcher(Element(("ecr:Get*", "ecr:PutImage")))("ecr:putimage")
    True
    """
    values = [value.lower() for value in element.values]
    is_negated = element.is_negated
    texts = frozenset(value for value in values if not has_wildcard(value))
    matchers = [matcher(value) for value in values if has_wildcard(value)]

    def means(action: str) -> bool:
        is_listed = action in texts or any(matches(action) for matches in matchers)
        return is_listed is not is_negated

    return means
