"""IAM-style policies that the service would accept, requests, and the policies around them."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, Final, Literal

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from ecrpolicy.iam import Kind, Policy, PolicySet, Request, actions, parse
from ecrpolicy.iam.binding import REGISTRY_V1_ACTIONS
from ecrpolicy.iam.grammar import GRAMMARS, VERSIONS, Presence
from ecrpolicy.iam.operators import OPERATORS, Comparison, Operator
from ecrpolicy.testing.strategies import words
from ecrpolicy.testing.strategies.building import built, one_of_many, tuples_of
from ecrpolicy.testing.strategies.options import check_number

_Json = dict[str, Any]
Scope = Literal["V1", "V2"]

_SERVICES: Final = ("codebuild.amazonaws.com", "replication.ecr.amazonaws.com")
_PROVIDERS: Final = ("accounts.google.com", "cognito-identity.amazonaws.com")
_NAMES: Final = ("bob", "dev", "team/ci")

# A key and values that it has, for each kind of comparison.
_STRINGS: Final = ("web", "team", "prod", "*", "a?c", "")
_STRING_KEYS: Final = ("aws:PrincipalTag/team", "ecr:ResourceTag/env", "aws:PrincipalOrgID")
_COMPARED: Final[dict[str, tuple[Sequence[str], Sequence[str]]]] = {
    "String": (_STRING_KEYS, _STRINGS),
    "Numeric": (("aws:MultiFactorAuthAge",), ("0", "3600", "1.5")),
    "Date": (("aws:CurrentTime",), ("2026-01-31T00:00:00Z", "2026-02-01", "1769817600")),
    "Bool": (("aws:SecureTransport", "aws:PrincipalIsAWSService"), ("true", "false")),
    "Binary": (("k:binary",), ("QUI=", "")),
    "Ip": (("aws:SourceIp", "aws:VpcSourceIp"), ("203.0.113.0/24", "10.0.0.1", "2001:db8::/32")),
    "Arn": (
        ("aws:PrincipalArn", "aws:SourceArn"),
        ("arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:user/bob"),
    ),
    "Null": (("aws:PrincipalOrgID", "aws:SourceVpc"), ("true", "false")),
}
_VARIABLES: Final = ("${aws:username}", "team/${aws:PrincipalTag/team, 'none'}", "${*}")


# What is drawn is the same for all of them, so that none is simpler because less of it is.
_CALLERS: Final = (
    "arn:aws:iam::{account}:user/{name}",
    "arn:aws:sts::{account}:assumed-role/{last}/session",
    "arn:aws:sts::{account}:federated-user/{last}",
    "arn:aws:iam::{account}:root",
    *_SERVICES,
)


def callers(*, accounts: SearchStrategy[str] | None = None) -> SearchStrategy[str]:
    """Callers: ARNs of users, sessions of roles, federated users and root users; service names.

    Shrinks to the user `bob` of `111122223333`.
    """
    return _callers(st.sampled_from(_CALLERS), accounts)


def _callers(
    forms: SearchStrategy[str], accounts: SearchStrategy[str] | None
) -> SearchStrategy[str]:
    def caller(form: str, account: str, name: str) -> str:
        return form.format(account=account, name=name, last=name.rpartition("/")[2])

    account = words.account_ids() if accounts is None else accounts
    return built(caller, forms, account, st.sampled_from(_NAMES))


def iam_policies(
    *,
    kind: Kind | None = None,
    max_statements: int = 3,
    accounts: SearchStrategy[str] | None = None,
    scope: Scope = "V2",
) -> SearchStrategy[Policy]:
    """Policies of a kind, or of any; `.map(iam.Policy.document)` makes JSON documents of them.

    `scope` is that of registry policies. Principals and resources are of `accounts`. A policy
    that would be longer than its kind may be has fewer statements. Shrinks to one statement that
    allows everything to everybody.
    """
    check_number("max_statements", max_statements, least=1)
    kinds = tuple(Kind) if kind is None else (checked_kind(kind, scope),)
    return st.one_of(*(_policies(each, max_statements, accounts, scope) for each in kinds))


def _policies(
    kind: Kind, max_statements: int, accounts: SearchStrategy[str] | None, scope: Scope
) -> SearchStrategy[Policy]:
    return built(
        lambda document: parse(document, kind=kind, scope=scope),
        _documents(kind, max_statements, accounts, scope),
    )


def checked_kind(kind: Kind, scope: Scope) -> Kind:
    """The kind; raises InvalidArgument where it, or the scope, is none."""
    if kind not in tuple(Kind):
        known = ", ".join(f"`{each.value}`" for each in Kind)
        raise InvalidArgument(f"`kind` is {kind!r}; known are {known}")
    if scope not in ("V1", "V2"):
        raise InvalidArgument(f"`scope` is {scope!r}; give `V1` or `V2`")
    return Kind(kind)


def _documents(
    kind: Kind, max_statements: int, accounts: SearchStrategy[str] | None, scope: Scope
) -> SearchStrategy[_Json]:
    account = words.account_ids() if accounts is None else accounts
    statement = _statements(kind, account, is_v1=kind is Kind.REGISTRY and scope == "V1")
    return built(
        lambda version, identifier, statements: _fitted(
            kind, {**version, **identifier, "Statement": statements}
        ),
        st.sampled_from([*({"Version": each} for each in VERSIONS), {}]),
        st.sampled_from(({}, {"Id": "policy"})),
        st.lists(statement, min_size=1, max_size=max_statements),
    )


def _fitted(kind: Kind, document: _Json) -> _Json:
    """The document, without statements that are too many; ids of statements are unique.

    Without the version that has them, a text with `${` in it is no variable: it may stay.
    """
    statements = [
        {"Sid": f"Statement{number}", **each} if each.pop("Sid", None) else each
        for number, each in enumerate(map(dict, document["Statement"]), start=1)
    ]
    grammar = GRAMMARS[kind]
    made = {**document, "Statement": statements}
    while len(statements) > 1 and grammar.excess(_compact(made)) is not None:
        statements.pop()
    return made


def _compact(document: _Json) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _statements(kind: Kind, account: SearchStrategy[str], *, is_v1: bool) -> SearchStrategy[_Json]:
    grammar = GRAMMARS[kind]
    nothing: SearchStrategy[_Json] = st.just({})
    condition = nothing | _conditions().map(lambda block: {"Condition": block})
    resource = _elements("Resource", _resource_patterns(account), is_negatable=True)
    if grammar.resource is Presence.REFUSED:
        resource = nothing
    elif grammar.resource is Presence.OPTIONAL:
        resource = nothing | resource
    action = _elements("Action", _action_patterns(), is_negatable=not grammar.is_rcp)
    if is_v1:
        known = st.sampled_from(("ecr:*", *REGISTRY_V1_ACTIONS))
        action = _elements("Action", known, is_negatable=False)
    principal = nothing
    if grammar.principal is not Presence.REFUSED:
        principal = _principal_elements(account, kind)
    sid: SearchStrategy[_Json] = st.sampled_from(({}, {"Sid": True}))
    allow, deny = {"Effect": "Allow"}, {"Effect": "Deny"}
    if not grammar.is_rcp:
        effect = st.sampled_from((allow, deny))
        return st.tuples(sid, effect, principal, action, resource, condition).map(_joined)
    # An allow of a resource control policy is for everything ("RCP syntax").
    everything = st.just(allow), principal, action, st.just({"Resource": "*"})
    return st.one_of(
        st.tuples(sid, *everything).map(_joined),
        st.tuples(sid, st.just(deny), principal, action, resource, condition).map(_joined),
    )


def _joined(elements: Sequence[_Json]) -> _Json:
    return {name: value for each in elements for name, value in each.items()}


def _one_or_several(values: SearchStrategy[str]) -> SearchStrategy[str | list[str]]:
    return values | st.lists(values, min_size=1, max_size=3)


def _elements(
    name: str, values: SearchStrategy[str], *, is_negatable: bool
) -> SearchStrategy[_Json]:
    names = st.sampled_from((name, f"Not{name}") if is_negatable else (name,))
    return st.builds(lambda key, held: {key: held}, names, _one_or_several(values))


def ecr_actions() -> SearchStrategy[str]:
    """The actions of Amazon ECR, that of a pull first."""
    known = sorted(actions.service("ecr").actions)
    return one_of_many(("ecr:BatchGetImage", "ecr:PutImage", "ecr:CreateRepository", *known))


def _action_patterns() -> SearchStrategy[str]:
    patterns = ("*", "ecr:*", "ecr:Batch*", "ecr:*Image", "ecr:Get*", "kms:*", "ecr:?atchGetImage")
    return st.sampled_from(patterns) | ecr_actions()


def _resource_patterns(account: SearchStrategy[str]) -> SearchStrategy[str]:
    patterns = (
        "*",
        "arn:aws:ecr:*:*:repository/*",
        "arn:aws:ecr:us-east-1:111122223333:repository/team/*",
        "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team, 'none'}/*",
    )
    return st.sampled_from(patterns) | words.arns(accounts=account)


def _principal_elements(account: SearchStrategy[str], kind: Kind) -> SearchStrategy[_Json]:
    if kind is Kind.RCP:
        return st.just({"Principal": "*"})
    several = _principals(account)
    named = several.map(lambda held: {"Principal": held})
    excepted = several.map(lambda held: {"NotPrincipal": held})
    found = st.just({"Principal": "*"}) | named | excepted
    return st.just({}) | found if GRAMMARS[kind].principal is Presence.OPTIONAL else found


def _principals(account: SearchStrategy[str]) -> SearchStrategy[_Json]:
    name = st.sampled_from(_NAMES)
    plain = name.map(lambda text: text.rpartition("/")[2])
    aws = st.one_of(
        account,
        st.builds("arn:aws:iam::{}:root".format, account),
        st.builds("arn:aws:iam::{}:user/{}".format, account, name),
        st.builds("arn:aws:iam::{}:role/{}".format, account, name),
        st.builds("arn:aws:sts::{}:assumed-role/{}/session".format, account, plain),
        st.just("*"),
        st.sampled_from(("AIDAEXAMPLEEXAMPLE", "AROAEXAMPLEEXAMPLE")),
    )
    by_kind = {
        "AWS": aws,
        "Service": st.sampled_from(_SERVICES),
        "Federated": st.sampled_from(_PROVIDERS),
        "CanonicalUser": st.just("ab" * 32),
    }
    one_kind = st.one_of(
        *(st.fixed_dictionaries({kind: _one_or_several(each)}) for kind, each in by_kind.items())
    )
    return one_kind | st.builds(lambda one, other: {**one, **other}, one_kind, one_kind)


def _conditions() -> SearchStrategy[_Json]:
    plain = [each for each in OPERATORS.values() if not (each.qualifier or each.if_exists)]
    plain.sort(key=lambda each: each.comparison is not Comparison.STRING_EQUALS)
    operator = one_of_many(plain) | one_of_many(list(OPERATORS.values()))
    block = operator.flatmap(_conditions_of)
    return block | st.builds(lambda one, other: {**one, **other}, block, block)


@cache
def _conditions_of(operator: Operator) -> SearchStrategy[_Json]:
    compared = operator.comparison
    family = next(each for each in _COMPARED if compared.value.startswith(each))
    keys, texts = _COMPARED[family]
    has_variables = operator.knows_variables and compared is not Comparison.ARN
    # What is drawn is the same for all of them: one of a single key would be no draw.
    return st.builds(
        lambda key, held: {operator.text: {key: held}},
        st.sampled_from((*keys, *keys)),
        _one_or_several(st.sampled_from((*texts, *_VARIABLES) if has_variables else texts)),
    )


def requests(
    *,
    principals: SearchStrategy[str | None] | None = None,
    actions: SearchStrategy[str] | None = None,
    resources: SearchStrategy[str | None] | None = None,
    accounts: SearchStrategy[str] | None = None,
) -> SearchStrategy[Request]:
    """Requests, with what is known of the caller, the resource and the context.

    `principals` draws ARNs, service names, or None for anonymous callers; `accounts` is whose
    callers and repositories are drawn where they are not given. Shrinks to a pull from `web` by
    the user `bob` of its account.
    """
    account = words.account_ids() if accounts is None else accounts
    is_told = st.sampled_from((True, True, True, False))
    if principals is None:
        principals = _if(is_told, callers(accounts=account))
    if resources is None:
        resources = _if(is_told, words.arns(accounts=account, regions=st.just("us-east-1")))
    return built(
        lambda principal, action, resource, **known: Request(
            principal=principal, action=action, resource=resource, **known
        ),
        principals,
        ecr_actions() if actions is None else actions,
        resources,
        context=_contexts(),
        principal_tags=_tags("team", ("team", "web")),
        resource_tags=_tags("env", ("prod", "team")),
    )


def _if(is_told: SearchStrategy[bool], strategy: SearchStrategy[str]) -> SearchStrategy[str | None]:
    """What a strategy draws, or None, which is not simpler."""
    return st.tuples(is_told, strategy).map(lambda drawn: drawn[1] if drawn[0] else None)


def _tags(key: str, values: Sequence[str]) -> SearchStrategy[dict[str, str]]:
    return st.just(dict[str, str]()) | st.sampled_from(values).map(lambda value: {key: value})


def _contexts() -> SearchStrategy[dict[str, Any]]:
    """Contexts of the keys that conditions of drawn policies ask for."""
    keys = {
        key: st.sampled_from(texts)
        for names, texts in _COMPARED.values()
        for key in names
        if not key.startswith(("aws:PrincipalTag/", "ecr:ResourceTag/", "aws:PrincipalIs"))
        and key != "aws:PrincipalArn"
    }
    keys |= {"aws:SourceIp": st.sampled_from(("203.0.113.7", "10.0.0.1", "2001:db8::1"))}
    keys |= {"aws:PrincipalOrgID": st.sampled_from(("web", "o-exampleorgid"))}
    return st.fixed_dictionaries({}, optional=keys)


def policy_sets(
    *, accounts: SearchStrategy[str] | None = None, max_statements: int = 2
) -> SearchStrategy[PolicySet]:
    """Policies of every kind in their places, most of them absent. Shrinks to none at all."""
    check_number("max_statements", max_statements, least=1)

    def of(kind: Kind, scope: Scope = "V2") -> SearchStrategy[Policy]:
        return iam_policies(
            kind=kind, accounts=accounts, max_statements=max_statements, scope=scope
        )

    def some(kind: Kind) -> SearchStrategy[tuple[Policy, ...]]:
        return tuples_of(of(kind), most=2)

    def levels(kind: Kind) -> SearchStrategy[tuple[tuple[Policy, ...], ...]]:
        return tuples_of(tuples_of(of(kind), least=1, most=2), most=2)

    def resource(scope: Scope) -> SearchStrategy[tuple[Policy, ...]]:
        places = (st.none() | of(Kind.REPOSITORY), st.none() | of(Kind.REGISTRY, scope))
        return st.tuples(*places).map(
            lambda found: tuple(each for each in found if each is not None)
        )

    def sets(scope: Scope) -> SearchStrategy[PolicySet]:
        return built(
            PolicySet,
            identity=some(Kind.IDENTITY),
            resource=resource(scope),
            boundary=st.none() | of(Kind.BOUNDARY),
            session=some(Kind.SESSION),
            scps=levels(Kind.SCP),
            rcps=levels(Kind.RCP),
            endpoint=st.none() | of(Kind.ENDPOINT),
            registry_scope=st.just(scope),
        )

    return sets("V2") | sets("V1")
