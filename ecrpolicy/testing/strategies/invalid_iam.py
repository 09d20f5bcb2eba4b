"""IAM-style policies that the service would refuse for one reason."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ecrpolicy.iam import Kind
from ecrpolicy.iam.grammar import GRAMMARS, VERSIONS, Presence
from ecrpolicy.testing.strategies.iam import Scope, checked_kind
from ecrpolicy.testing.strategies.invalid import (
    WRONG,
    Breakage,
    Invalid,
    Json,
    inserted,
    invalid,
    pick,
)

_ARN: Final = "arn:aws:ecr:us-east-1:111122223333:repository/web"
_USER: Final = "arn:aws:iam::111122223333:user"


def invalid_iam_policies(
    *, kind: Kind, scope: Scope = "V2", rules: Sequence[str] | None = None
) -> SearchStrategy[Invalid]:
    """Documents of policies of a kind with one fault; with `rules`, with one of these.

    `scope` is that of registry policies, and must be given when they are parsed. Shrinks to one
    statement, or as many as the fault takes.
    """
    return invalid(breakages(checked_kind(kind, scope), scope), rules)


def breakages(kind: Kind, scope: Scope = "V2") -> Mapping[str, Sequence[Breakage]]:
    """What can be wrong with policies of a kind, by the name of the finding."""
    making = _Making(kind, scope)
    grammar = GRAMMARS[kind]
    found: dict[str, Sequence[Breakage]] = dict(making.everywhere())
    if grammar.plain_unique_sids:
        found |= making.sids()
    if grammar.principal is Presence.REFUSED:
        found |= making.refused_principal()
    elif grammar.is_rcp:
        found |= making.of_rcps()
    else:
        found |= making.principals(is_required=grammar.principal is Presence.REQUIRED)
    if grammar.resource is Presence.REFUSED:
        found |= making.refused_resource()
    else:
        found |= making.resources(is_required=grammar.resource is Presence.REQUIRED)
    # Scope V1 refuses what is no action twice: as that, and as one that it does not know.
    is_v1 = kind is Kind.REGISTRY and scope == "V1"
    for rule, several in (making.of_scope_v1() if is_v1 else making.actions()).items():
        found[rule] = (*found.get(rule, ()), *several)
    return found


class _Making:
    """Breaks one rule of the policies of a kind."""

    def __init__(self, kind: Kind, scope: Scope) -> None:
        self._kind = kind
        self._grammar = GRAMMARS[kind]
        is_v1 = kind is Kind.REGISTRY and scope == "V1"
        self._action = "ecr:ReplicateImage" if is_v1 else "ecr:BatchGetImage"

    # What a fault stands in

    def _statement(self, **changed: Any) -> Json:
        """A statement of the kind, with some elements changed; those that are None are left out."""
        made: Json = {"Effect": "Deny" if self._grammar.is_rcp else "Allow"}
        if self._grammar.principal is Presence.REQUIRED:
            made["Principal"] = "*"
        made["Action"] = self._action
        if self._grammar.resource is Presence.REQUIRED:
            made["Resource"] = "*"
        made |= changed
        return {name: value for name, value in made.items() if value is not None}

    def _invalid(
        self, draw: DrawFn, statements: Sequence[Any], rule: str, place: str, *, at: int = 0
    ) -> Invalid:
        """A policy with new statements, of which that `at` a number has the fault."""
        others = draw(st.lists(st.just(self._statement()), max_size=2))
        several, start = inserted(draw, others, statements)
        made: Json = {"Version": VERSIONS[0], "Statement": several}
        place = f"/Statement/{start + at}{place}"
        if len(several) == 1 and isinstance(several[0], dict) and draw(st.booleans()):
            made["Statement"] = several[0]
            place = place.replace("/Statement/0", "/Statement", 1)
        return Invalid(made, rule, place)

    def _element(
        self, name: str, rule: str, values: Sequence[Any], place: str = "", **changed: Any
    ) -> Breakage:
        """An element, or another one, has a value that breaks the rule."""

        def broken(draw: DrawFn) -> Invalid:
            statement = self._statement(**{**changed, name: pick(draw, values)})
            return self._invalid(draw, [statement], rule, f"/{name}{place}")

        return broken

    def _value(
        self, name: str, rule: str, values: Sequence[str], good: str, **changed: Any
    ) -> Breakage:
        """One of the values of an element breaks the rule, which stands alone or beside another."""

        def broken(draw: DrawFn) -> Invalid:
            value = pick(draw, values)
            held, place = pick(draw, ((value, ""), ([value], "/0"), ([good, value], "/1")))
            statement = self._statement(**{**changed, name: held})
            return self._invalid(draw, [statement], rule, f"/{name}{place}")

        return broken

    def _without(self, name: str, rule: str) -> Breakage:
        def broken(draw: DrawFn) -> Invalid:
            return self._invalid(draw, [self._statement(**{name: None})], rule, "")

        return broken

    # What every kind has

    def everywhere(self) -> Mapping[str, Sequence[Breakage]]:
        """What every kind of policy can have against it."""
        key = {"aws:PrincipalTag/team": "web"}
        nothing = ({"StringEqual": key}, {"stringequals": key}, {"": key})
        return {
            "data-type-mismatch": (self._wrong_type, self._not_a_statement, self._not_a_policy),
            "invalid-policy-element": (self._unknown_element, self._unknown_policy_element),
            "invalid-version": (self._invalid_version,),
            "missing-statement": (self._no_statements, self._missing_statement),
            "missing-effect": (self._without("Effect", "missing-effect"),),
            "invalid-effect": (self._element("Effect", "invalid-effect", ("allow", "", "DENY")),),
            "missing-action": (self._without("Action", "missing-action"),),
            "empty-array-action": (self._element("Action", "empty-array-action", ([],)),),
            "unsupported-element-combination": tuple(self._combinations()),
            "invalid-condition-operator": (self._condition("invalid-condition-operator", nothing),),
            "invalid-condition-key-format": (
                self._condition(
                    "invalid-condition-key-format",
                    [{"StringEquals": {name: "a"}} for name in ("username", "aws:", ":a", "")],
                ),
            ),
            "type-mismatch-ip-range": (
                self._condition(
                    "type-mismatch-ip-range",
                    [{"IpAddress": {"aws:SourceIp": each}} for each in ("a", "1.2.3.4/33", "")],
                ),
            ),
            "invalid-variable-for-operator": (
                self._condition(
                    "invalid-variable-for-operator",
                    [{"NotIpAddress": {"aws:SourceIp": "${aws:SourceIp}"}}],
                ),
            ),
            **{
                rule: (self._condition(rule, [{"StringEquals": {"aws:userid": text}}]),)
                for rule, text in _VARIABLES.items()
            },
            self._grammar.size_rule: (self._too_long,),
        }

    def _actions(self, rule: str, values: Sequence[str]) -> Sequence[Breakage]:
        return (self._value("Action", rule, values, self._action),)

    def _wrong_type(self, draw: DrawFn) -> Invalid:
        name, wanted = pick(draw, (("Effect", "string"), ("Action", "strings"), ("Sid", "string")))
        values: Sequence[Any] = ({}, 1, True) if wanted == "strings" else WRONG[wanted]
        statement = self._statement()
        statement[name] = pick(draw, (*values, None))
        return self._invalid(draw, [statement], "data-type-mismatch", f"/{name}")

    def _not_a_statement(self, draw: DrawFn) -> Invalid:
        return self._invalid(draw, [pick(draw, ("", 1, [], None))], "data-type-mismatch", "")

    def _not_a_policy(self, draw: DrawFn) -> Invalid:
        return Invalid(pick(draw, ([], [self._statement()], 1)), "data-type-mismatch", "")

    def _unknown_element(self, draw: DrawFn) -> Invalid:
        name = pick(draw, ("Unknown", "sid", "Conditions"))
        statement = self._statement() | {name: pick(draw, ("", {}, None))}
        return self._invalid(draw, [statement], "invalid-policy-element", f"/{name}")

    def _unknown_policy_element(self, draw: DrawFn) -> Invalid:
        name = pick(draw, ("Unknown", "version", "Statements"))
        made = {name: "", "Statement": [self._statement()]}
        return Invalid(made, "invalid-policy-element", f"/{name}")

    def _invalid_version(self, draw: DrawFn) -> Invalid:
        version = pick(draw, ("2012-10-18", "", "2026-01-31"))
        made = {"Version": version, "Statement": [self._statement()]}
        return Invalid(made, "invalid-version", "/Version")

    def _no_statements(self, draw: DrawFn) -> Invalid:
        made = {"Version": pick(draw, VERSIONS), "Statement": []}
        return Invalid(made, "missing-statement", "/Statement")

    def _missing_statement(self, draw: DrawFn) -> Invalid:
        return Invalid({"Version": pick(draw, VERSIONS)}, "missing-statement", "")

    def _combinations(self) -> list[Breakage]:
        """An element and its negation together, where the kind has both."""
        has_action = not self._grammar.is_rcp
        has_principal = self._grammar.principal is not Presence.REFUSED and has_action
        has_resource = self._grammar.resource is not Presence.REFUSED
        values: list[tuple[str, Any, bool]] = [
            ("Action", self._action, True),
            ("Resource", "*", has_resource),
            ("Principal", {"AWS": "111122223333"}, has_principal),
        ]
        return [self._both(name, value) for name, value, has in values if has]

    def _both(self, name: str, value: Any) -> Breakage:
        def broken(draw: DrawFn) -> Invalid:
            statement = self._statement(**{name: value, f"Not{name}": value})
            rule = "unsupported-element-combination"
            return self._invalid(draw, [statement], rule, f"/Not{name}")

        return broken

    def _condition(self, rule: str, blocks: Sequence[Json]) -> Breakage:
        """A condition with a fault in its operator, its key or its value."""
        is_about_operator = rule == "invalid-condition-operator"

        def broken(draw: DrawFn) -> Invalid:
            ((operator, keys),) = pick(draw, blocks).items()
            key = next(iter(keys))
            place = f"/Condition/{operator}"
            if not is_about_operator:
                place += "/" + key.replace("~", "~0").replace("/", "~1")
            statement = self._statement(Condition={operator: keys})
            return self._invalid(draw, [statement], rule, place)

        return broken

    def _too_long(self, draw: DrawFn) -> Invalid:
        text = "a" * (self._grammar.max_characters + draw(st.integers(0, 10)))
        statement = self._statement(Condition={"StringEquals": {"aws:userid": text}})
        return Invalid({"Statement": [statement]}, self._grammar.size_rule, "")

    # What some kinds have

    def actions(self) -> Mapping[str, Sequence[Breakage]]:
        """What is no action."""
        malformed, variable = "invalid-action", "variable-unsupported-in-element"
        return {
            malformed: self._actions(malformed, ("BatchGetImage", "ecr:", ":a", "")),
            variable: self._actions(variable, ("ecr:${aws:username}",)),
        }

    def sids(self) -> Mapping[str, Sequence[Breakage]]:
        """Ids of statements, where they are letters and digits and each is there once."""

        def twice(draw: DrawFn) -> Invalid:
            sid = pick(draw, ("a", "1", "Pull"))
            several = [self._statement(Sid=sid), self._statement(Sid=sid)]
            return self._invalid(draw, several, "unique-sids-required", "/Sid", at=1)

        return {
            "unsupported-sid": (self._element("Sid", "unsupported-sid", ("a b", "é", "a-b")),),
            "unique-sids-required": (twice,),
        }

    def refused_principal(self) -> Mapping[str, Sequence[Breakage]]:
        """A principal where there is none."""
        is_scp = self._kind is Kind.SCP
        rule = "scp-syntax-error-principal" if is_scp else "unsupported-principal"
        return {rule: self._refused("Principal", rule, ("*", {"AWS": "111122223333"}))}

    def refused_resource(self) -> Mapping[str, Sequence[Breakage]]:
        """A resource where the policy is about its repository."""
        rule = "unsupported-resource"
        return {rule: self._refused("Resource", rule, ("*", _ARN, ["*"]))}

    def _refused(self, name: str, rule: str, values: Sequence[Any]) -> Sequence[Breakage]:
        return [self._element(each, rule, values) for each in (name, f"Not{name}")]

    def of_rcps(self) -> Mapping[str, Sequence[Breakage]]:
        """Resource control policies: about everybody, and what they allow is everything."""
        allow, no_not = "rcp-syntax-error-allow", "rcp-syntax-error-notaction"
        principal = "rcp-syntax-error-principal"

        def narrow(draw: DrawFn) -> Invalid:
            changed = pick(
                draw,
                (
                    {"Resource": _ARN},
                    {"Condition": {"Bool": {"aws:SecureTransport": "true"}}},
                    {"Resource": None, "NotResource": "*"},
                ),
            )
            return self._invalid(
                draw, [self._statement(Effect="Allow", **changed)], allow, "/Effect"
            )

        def negated(draw: DrawFn) -> Invalid:
            statement = self._statement(Action=None, NotAction=self._action)
            return self._invalid(draw, [statement], no_not, "/NotAction")

        return {
            allow: (narrow,),
            no_not: (negated,),
            principal: (
                self._element("Principal", principal, ({"AWS": "*"}, "111122223333", {})),
                self._element("NotPrincipal", principal, ("*",), Principal=None),
            ),
            "missing-principal": (self._without("Principal", "missing-principal"),),
        }

    def principals(self, *, is_required: bool) -> Mapping[str, Sequence[Breakage]]:
        """Principals, where the kind has some."""
        malformed, wildcard = "invalid-principal-format", "unsupported-wildcard-in-principal"
        service, variable = "invalid-service-principal-format", "variable-unsupported-in-element"
        found: dict[str, Sequence[Breakage]] = {
            malformed: (
                self._element("Principal", malformed, ("111122223333", "", [], 1)),
                self._principal("AWS", malformed, ("1", "", _ARN, f"{_USER}/")),
                self._principal("Federated", malformed, ("", "a b")),
                self._principal("CanonicalUser", malformed, ("ab", "")),
            ),
            "invalid-principal-key": (
                self._element(
                    "Principal", "invalid-principal-key", ({"aws": "111122223333"},), "/aws"
                ),
            ),
            wildcard: (
                self._principal("AWS", wildcard, (f"{_USER}/*", "11112222????", "**")),
                self._principal("Service", wildcard, ("*.amazonaws.com",)),
            ),
            service: (self._principal("Service", service, ("codebuild", "", "a b.com")),),
            variable: (self._principal("AWS", variable, (f"{_USER}/${{aws:username}}",)),),
            "empty-array-principal": (
                self._element(
                    "NotPrincipal", "empty-array-principal", ({"AWS": []},), Principal=None
                ),
            ),
            "empty-object-principal": (
                self._element("NotPrincipal", "empty-object-principal", ({},), Principal=None),
            ),
        }
        if is_required:
            found["missing-principal"] = (self._without("Principal", "missing-principal"),)
        return found

    def _principal(self, kind: str, rule: str, values: Sequence[str]) -> Breakage:
        def broken(draw: DrawFn) -> Invalid:
            value = pick(draw, values)
            held, place = pick(draw, ((value, ""), ([value], "/0")))
            name = pick(draw, ("Principal", "NotPrincipal"))
            statement = self._statement(**{"Principal": None, name: {kind: held}})
            return self._invalid(draw, [statement], rule, f"/{name}/{kind}{place}")

        return broken

    def resources(self, *, is_required: bool) -> Mapping[str, Sequence[Breakage]]:
        """Resources, where the kind has some."""
        found: dict[str, Sequence[Breakage]] = {
            "invalid-arn-prefix": (
                self._value("Resource", "invalid-arn-prefix", ("web", "", "ARN:aws:ecr"), "*"),
            ),
            "missing-arn-field": (
                self._value("Resource", "missing-arn-field", ("arn:", "arn:aws:ecr"), "*"),
            ),
            "empty-array-resource": (self._element("Resource", "empty-array-resource", ([],)),),
        }
        if is_required:
            found["missing-resource"] = (self._without("Resource", "missing-resource"),)
        return found

    def of_scope_v1(self) -> Mapping[str, Sequence[Breakage]]:
        """Registry policies of the scope that knows three actions."""
        rule = "unsupported-action-in-policy"
        values = ("ecr:BatchGetImage", "*", "ecr:Replicate*")
        negated = self._element("NotAction", rule, (self._action,), Action=None)
        return {rule: (*self._actions(rule, values), negated)}


_VARIABLES: Final = {
    "missing-brace-in-variable": "${aws:username",
    "empty-variable": "${}",
    "missing-quote-in-variable": "${aws:username, none}",
    "unsupported-space-in-variable": "${aws: username}",
    "malformed-variable": "${'a'}",
}
