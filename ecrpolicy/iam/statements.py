"""From the JSON values of a policy document to the model, noting all that is wrong on the way."""

import json
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, Final

from ecrpolicy.document.unknown import UNKNOWN, is_known
from ecrpolicy.iam import elements
from ecrpolicy.iam.binding import REGISTRY_V1_ACTIONS
from ecrpolicy.iam.elements import Complaint
from ecrpolicy.iam.grammar import (
    GRAMMARS,
    POLICY_ELEMENTS,
    PRINCIPAL_KINDS,
    STATEMENT_ELEMENTS,
    VERSIONS,
    Presence,
)
from ecrpolicy.iam.model import (
    Condition,
    Element,
    Kind,
    Policy,
    Principals,
    Statement,
    StatementEffect,
)
from ecrpolicy.iam.operators import OPERATORS, Comparison, Operator
from ecrpolicy.iam.problems import MAX_PROBLEMS, Path, Problem
from ecrpolicy.iam.values import network_of
from ecrpolicy.iam.variables import VERSION, has_variables
from ecrpolicy.iam.wording import listed, shown

# Looking for like names is slow: after so many problems it is left.
_MAX_SUGGESTIONS: Final = 20

_EFFECTS: Final = {effect.value: effect for effect in StatementEffect}
_V1_ACTIONS: Final = frozenset(action.lower() for action in REGISTRY_V1_ACTIONS)
_JSON_NAMES: Final = {
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "an array",
    dict: "an object",
    type(None): "null",
}

_Check = Callable[[str], Complaint | None]


class Reader:
    """Reads one document; `problems` has what was wrong with it, in the order of reading."""

    def __init__(self, kind: Kind, scope: str | None = None, file: str | None = None) -> None:
        self.problems: list[Problem] = []
        self._kind = kind
        self._grammar = GRAMMARS[kind]
        self._scope = scope
        self._file = file
        self._knows_variables = False
        self._sids: dict[str, int] = {}

    def policy(self, value: Any) -> Policy:
        """The policy of a document; of no use where there are problems."""
        if not isinstance(value, dict):
            self._wrong_type((), value, "an object")
            return Policy(self._kind, ())
        self._unknown(value, POLICY_ELEMENTS, ())
        version = self._version(value)
        self._knows_variables = version == VERSION
        identifier = value.get("Id")
        if "Id" in value and not isinstance(identifier, str):
            self._wrong_type(("Id",), identifier, "a string")
        return Policy(self._kind, self._statements(value), version, identifier, self._file)

    @property
    def _has_enough(self) -> bool:
        """Whether more problems would not be told."""
        return len(self.problems) >= MAX_PROBLEMS

    def _close(self, name: str, known: Iterable[str]) -> str | None:
        """The known name that is most like another one."""
        if len(self.problems) >= _MAX_SUGGESTIONS:
            return None
        return next(iter(get_close_matches(name, known, n=1)), None)

    def _note(
        self, rule: str, path: Path, message: str, advice: str | None = None, **places: Any
    ) -> None:
        self.problems.append(Problem(rule, path, message, advice, **places))

    def _wrong_type(self, path: Path, value: Any, wanted: str) -> None:
        if value is UNKNOWN:
            return
        found = _JSON_NAMES[type(value)]
        self._note("data-type-mismatch", path, f"expected {wanted}, found {found}")

    def _unknown(self, value: dict[str, Any], known: frozenset[str], path: Path) -> None:
        if value.keys() <= known:
            return
        for name in value:
            if name not in known:
                close = self._close(name.capitalize(), known)
                self._note(
                    "invalid-policy-element",
                    (*path, name),
                    f"no element is called {shown(name)}",
                    f"write {shown(close)}, or delete it" if close else "delete it",
                    at_name=True,
                )

    def _version(self, value: dict[str, Any]) -> str | None:
        if "Version" not in value:
            return None
        version = value["Version"]
        if not isinstance(version, str):
            self._wrong_type(("Version",), version, "a string")
        elif version not in VERSIONS:
            message = f"{shown(version)} is no version of the policy language"
            self._note("invalid-version", ("Version",), message, f"write {listed(VERSIONS)}")
        else:
            return version
        return None

    def _statements(self, value: dict[str, Any]) -> tuple[Statement, ...]:
        path: Path = ("Statement",)
        found = value.get("Statement")
        if isinstance(found, dict):
            statement = self._statement(found, path, 0)
            return () if statement is None else (statement,)
        if "Statement" not in value:
            self._note("missing-statement", (), "the policy has no `Statement`", "add one")
        elif not isinstance(found, list):
            self._wrong_type(path, found, "an array of statements")
        elif not found:
            advice = "add one, or delete the policy"
            self._note("missing-statement", path, "the policy has no statements", advice)
        else:
            read = [self._statement(one, (*path, at), at) for at, one in enumerate(found)]
            return tuple(statement for statement in read if statement is not None)
        return ()

    def _statement(self, value: Any, path: Path, number: int) -> Statement | None:
        if not isinstance(value, dict):
            self._wrong_type(path, value, "an object")
            return None
        self._unknown(value, STATEMENT_ELEMENTS, path)
        effect = self._effect(value, path)
        return Statement(
            effect,
            self._action(value, path),
            self._resource(value, path),
            self._principal(value, path),
            self._conditions(value, path),
            self._sid(value, path, number),
        )

    def _effect(self, value: dict[str, Any], path: Path) -> StatementEffect:
        found = value.get("Effect")
        effect = _EFFECTS.get(found) if isinstance(found, str) else None
        if effect is not None:
            if self._grammar.is_rcp and effect is StatementEffect.ALLOW:
                self._check_rcp_allow(value, path)
            return effect
        path = (*path, "Effect")
        advice = f"write {listed(list(_EFFECTS))}"
        if "Effect" not in value:
            self._note("missing-effect", path[:-1], "the statement has no `Effect`", advice)
        elif isinstance(found, str):
            self._note("invalid-effect", path, f"{shown(found)} is no effect", advice)
        else:
            self._wrong_type(path, found, "a string")
        return StatementEffect.DENY

    def _check_rcp_allow(self, value: dict[str, Any], path: Path) -> None:
        """RCPFullAWSAccess alone allows; "RCP syntax", "Elements summary"."""
        if "Resource" not in value and "NotResource" not in value:
            return
        if not (is_known(value.get("Resource")) and is_known(value.get("Condition"))):
            return
        if value.get("Resource") not in ("*", ["*"]) or value.get("Condition"):
            self._note(
                "rcp-syntax-error-allow",
                (*path, "Effect"),
                "an allow of a resource control policy is for everything: it has `Resource` `*` "
                "and no `Condition`",
                "write what is to be refused, with `Deny`",
            )

    def _sid(self, value: dict[str, Any], path: Path, number: int) -> str | None:
        if "Sid" not in value:
            return None
        sid = value["Sid"]
        path = (*path, "Sid")
        if not isinstance(sid, str):
            self._wrong_type(path, sid, "a string")
            return None
        if self._grammar.plain_unique_sids and sid:
            if not (sid.isascii() and sid.isalnum()):
                message = (
                    f"the statement id {shown(sid)} has other characters than letters and digits"
                )
                self._note("unsupported-sid", path, message, "leave them out")
            first = self._sids.setdefault(sid, number)
            if first != number:
                message = f"statement {first + 1} has the id {shown(sid)} too"
                self._note("unique-sids-required", path, message, "give each its own, or none")
        return sid

    def _either(self, value: dict[str, Any], name: str, path: Path) -> str | None:
        """Which of an element and its negation is there; both is a problem."""
        negated = f"Not{name}"
        if name not in value:
            return negated if negated in value else None
        if negated in value:
            message = f"the statement has both `{name}` and `{negated}`"
            place = (*path, negated)
            rule = "unsupported-element-combination"
            self._note(rule, place, message, "keep one of the two", at_name=True)
        return name

    def _action(self, value: dict[str, Any], path: Path) -> Element:
        name = self._either(value, "Action", path)
        if name is None:
            message = "the statement has neither `Action` nor `NotAction`"
            self._note("missing-action", path, message, "add one")
            return Element(())
        is_negated = name == "NotAction"
        path = (*path, name)
        values = self._strings(value[name], path)
        self._check_each(values, value[name], path, elements.action)
        if values == () and value[name] == []:
            self._note("empty-array-action", path, f"`{name}` is empty", "name an action")
        if is_negated and self._grammar.is_rcp:
            message = "a resource control policy has no `NotAction`"
            self._note("rcp-syntax-error-notaction", path, message, "use `Action`", at_name=True)
        if self._scope == "V1":
            self._check_scope_v1(values, value[name], path, is_negated=is_negated)
        return Element(values, is_negated)

    def _check_scope_v1(
        self, values: tuple[str, ...], value: Any, path: Path, *, is_negated: bool
    ) -> None:
        """Amazon ECR User Guide, "Private registry permissions": what scope V1 knows."""
        rule = "unsupported-action-in-policy"
        advice = f"name {listed(REGISTRY_V1_ACTIONS)}, or go over to scope V2"
        if is_negated:
            message = "a registry policy of scope V1 has no `NotAction`"
            self._note(rule, path, message, advice, at_name=True)
            return
        for at, action in enumerate(values):
            if _is_unknown(value, at):
                continue
            if action.lower() not in _V1_ACTIONS and action.lower() != "ecr:*":
                message = f"a registry policy of scope V1 knows no action {shown(action)}"
                self._note(rule, _element(value, path, at), message, advice)

    def _resource(self, value: dict[str, Any], path: Path) -> Element | None:
        name = self._either(value, "Resource", path)
        presence = self._grammar.resource
        if name is None:
            if presence is Presence.REQUIRED:
                message = "the statement has neither `Resource` nor `NotResource`"
                self._note("missing-resource", path, message, 'add one; `"*"` is every resource')
            return None
        path = (*path, name)
        if presence is Presence.REFUSED:
            message = f"{self._grammar.name} has no `{name}`: it is about its repository"
            self._note("unsupported-resource", path, message, "delete it", at_name=True)
            return None
        values = self._strings(value[name], path)
        knows_variables = self._knows_variables
        self._check_each(
            values,
            value[name],
            path,
            lambda text: elements.resource(text, knows_variables=knows_variables),
        )
        if value[name] == []:
            self._note("empty-array-resource", path, f"`{name}` is empty", "name a resource")
        return Element(values, name == "NotResource")

    def _principal(self, value: dict[str, Any], path: Path) -> Principals | None:
        name = self._either(value, "Principal", path)
        presence = self._grammar.principal
        if name is None:
            if presence is Presence.REQUIRED:
                message = "the statement has neither `Principal` nor `NotPrincipal`"
                self._note("missing-principal", path, message, "say whom it is about")
            return None
        path = (*path, name)
        if presence is Presence.REFUSED:
            is_scp = self._kind is Kind.SCP
            rule = "scp-syntax-error-principal" if is_scp else "unsupported-principal"
            message = f"{self._grammar.name} has no `{name}`"
            self._note(rule, path, message, "delete it", at_name=True)
            return None
        if name == "Principal" and value[name] is UNKNOWN:
            return None
        if self._grammar.is_rcp and not (name == "Principal" and value[name] == "*"):
            message = 'a resource control policy is about everybody: its `Principal` is `"*"`'
            advice = "name who is meant in a condition, for example on `aws:PrincipalArn`"
            self._note("rcp-syntax-error-principal", path, message, advice)
            return None
        found = tuple(self._principals(value[name], path))
        several = value[name]
        if (
            name == "NotPrincipal"
            and isinstance(several, dict)
            and all(kind in PRINCIPAL_KINDS and each == [] for kind, each in several.items())
        ):
            rule = "empty-array-principal" if several else "empty-object-principal"
            message = "`NotPrincipal` is empty: it excepts nobody"
            self._note(rule, path, message, "say who is excepted")
        return Principals(found, name == "NotPrincipal")

    def _principals(self, value: Any, path: Path) -> Iterable[tuple[str, str]]:
        if value is UNKNOWN:
            return []
        if value == "*":
            return [("AWS", "*")]
        if not isinstance(value, dict):
            advice = 'write `"*"`, or an object such as `{"AWS": "111122223333"}`'
            if isinstance(value, str):
                message = f"the principal {shown(value)} has no kind"
            else:
                message = f"expected an object, found {_JSON_NAMES[type(value)]}"
            self._note("invalid-principal-format", path, message, advice)
            return []
        found: list[tuple[str, str]] = []
        for kind, several in value.items():
            place = (*path, kind)
            if kind not in PRINCIPAL_KINDS:
                message = f"{shown(kind)} is no kind of principal"
                advice = f"write {listed(PRINCIPAL_KINDS)}"
                self._note("invalid-principal-key", place, message, advice, at_name=True)
                continue
            texts = self._strings(several, place)
            for at, text in enumerate(texts):
                complaint = None if _is_unknown(several, at) else elements.principal(kind, text)
                if complaint is not None:
                    self._complain(complaint, _element(several, place, at))
                found.append((kind, text))
        return found

    def _conditions(self, value: dict[str, Any], path: Path) -> tuple[Condition, ...]:
        if "Condition" not in value:
            return ()
        path = (*path, "Condition")
        block = value["Condition"]
        if not isinstance(block, dict):
            self._wrong_type(path, block, "an object")
            return ()
        found: list[Condition] = []
        for name, keys in block.items():
            place = (*path, name)
            operator = OPERATORS.get(name)
            if operator is None:
                self._unknown_operator(name, place)
            elif isinstance(keys, dict):
                for key, values in keys.items():
                    found.append(self._condition(operator, key, values, (*place, key)))
            if not isinstance(keys, dict):
                self._wrong_type(place, keys, "an object of context keys")
        return tuple(found)

    def _unknown_operator(self, name: str, path: Path) -> None:
        close = self._close(name, OPERATORS)
        message = f"{shown(name)} is no condition operator"
        advice = f"write {shown(close)}" if close else None
        self._note("invalid-condition-operator", path, message, advice, at_name=True)

    def _condition(self, operator: Operator, key: str, value: Any, path: Path) -> Condition:
        service, colon, name = key.partition(":")
        if not (name and service) or any(character.isspace() for character in service):
            what = "is not of the form `service:name`" if colon else "names no service"
            message = f"the context key {shown(key)} {what}"
            advice = "write `service:name`, for example `aws:PrincipalArn`"
            self._note("invalid-condition-key-format", path, message, advice, at_name=True)
        values = self._texts(value, path)
        if operator.comparison is Comparison.IP_ADDRESS:
            self._check_each(values, value, path, _network)
        elif self._knows_variables and operator.knows_variables:
            self._check_each(values, value, path, _variables)
        return Condition(operator, key, values)

    def _texts(self, value: Any, path: Path) -> tuple[str, ...]:
        """Values of a condition: JSON booleans and numbers are compared as their text."""
        if isinstance(value, str):
            return (value,)
        texts: list[str] = []
        for at, one in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(one, str):
                texts.append(one)
            elif isinstance(one, bool | int | float):
                texts.append(json.dumps(one))
            else:
                self._wrong_type(_element(value, path, at), one, "a string")
                texts.append("")
        return tuple(texts)

    def _strings(self, value: Any, path: Path) -> tuple[str, ...]:
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list):
            self._wrong_type(path, value, "a string or an array of strings")
            return ()
        for at, one in enumerate(value):
            if not isinstance(one, str):
                self._wrong_type((*path, at), one, "a string")
        return tuple(one if isinstance(one, str) else "*" for one in value)

    def _check_each(self, values: Iterable[str], value: Any, path: Path, check: _Check) -> None:
        for at, text in enumerate(values):
            complaint = check(text)
            if complaint is not None and not _is_unknown(value, at):
                if self._has_enough:
                    return
                self._complain(complaint, _element(value, path, at))

    def _complain(self, complaint: Complaint, path: Path) -> None:
        rule, message, advice, offset = complaint
        self._note(rule, path, message, advice, offset=offset)


def _element(value: Any, path: Path, at: int) -> Path:
    """The path of one of several values, or of the only one that stands without a list."""
    return (*path, at) if isinstance(value, list) else path


def _is_unknown(value: Any, at: int) -> bool:
    """Whether one of several values, or the only one, is unknown: what is read there is not."""
    return (value[at] if isinstance(value, list) else value) is UNKNOWN


def _network(text: str) -> Complaint | None:
    if network_of(text) is not None:
        return None
    if has_variables(text):
        message = f"a variable stands in {shown(text)}, where a range of addresses is compared"
        return Complaint("invalid-variable-for-operator", message, "write out what is meant")
    message = f"{shown(text)} is no range of addresses"
    return Complaint("type-mismatch-ip-range", message, "write it as in `203.0.113.0/24`")


def _variables(text: str) -> Complaint | None:
    return elements.variables(text) if has_variables(text) else None
