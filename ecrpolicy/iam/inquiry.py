"""Questions about one registry: the request and its policies are made, and both sides asked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ecrpolicy.finding import Finding, Severity
from ecrpolicy.iam import actions
from ecrpolicy.iam.answers import Answer, Assumption, Verdict, assumed, least
from ecrpolicy.iam.evaluate import authorize
from ecrpolicy.iam.identities import Account, Identities, IdentityKind
from ecrpolicy.iam.model import Element, Kind, Policy, Principals, Statement, StatementEffect
from ecrpolicy.iam.operations import CREATE_REPOSITORY, has_request_tags
from ecrpolicy.iam.parse import parse
from ecrpolicy.iam.request import Context, InvalidRequest, Request
from ecrpolicy.iam.resources import EVERYTHING
from ecrpolicy.iam.sides import Desk, IsOpen, Outcome, Place, Placed, open_conditions
from ecrpolicy.iam.standing import (
    Applying,
    Standing,
    applying,
    is_open,
    not_given,
    of_caller,
    of_resource,
    request_of,
)
from ecrpolicy.iam.wording import shown
from ecrpolicy.snapshot import Registry, Repository

_CREATE: Final = "ecr:createrepository"

# What can be asked about a repository that does not exist yet.
_BEFORE_CREATION: Final = frozenset((_CREATE, "ecr:replicateimage", "ecr:batchimportupstreamimage"))

# Asked of the caller's own account, whatever registry it is for.
_OF_OWN_ACCOUNT: Final = "ecr:getauthorizationtoken"

_ALL: Final = Element((EVERYTHING,))
# What a policy that was not told could say at most.
_EXTREMES: Final = {
    (kind, effect): Policy(kind, (Statement(effect, _ALL, _ALL, Principals((("AWS", "*"),))),))
    for kind in (Kind.REPOSITORY, Kind.REGISTRY)
    for effect in StatementEffect
}
_SCOPE_TAKEN: Final = Assumption(
    "the scope of the registry policy was not given: it is taken to be V2",
    "give the output of `aws ecr get-account-setting --name REGISTRY_POLICY_SCOPE`",
)


class Inquiry:
    """Answers questions about a registry, and remembers the policies that it has read."""

    def __init__(
        self,
        registry: Registry,
        identities: Identities,
        session: Sequence[Policy] = (),
        endpoint: Policy | None = None,
    ) -> None:
        self.registry = registry
        self.identities = identities
        self._session = tuple(session)
        self._endpoint = endpoint
        self._desk = Desk(registry.effective_policy_scope)
        self._narrow_desk = Desk("V1")
        self._parsed: dict[tuple[Kind, str], Policy] = {}
        self._applying: dict[tuple[object, ...], Applying] = {}
        self._repositories = {each.name: each for each in registry.repositories}

    def resource(
        self, action: str, repository: str | None, *, is_created: bool = False
    ) -> str | None:
        """The ARN that an action is about, None where it is about none; raises InvalidRequest.

        With `is_created`, the repository is made before the action is taken.
        """
        known = actions.find(action)
        if known is not None and not known.has_resource:
            return None
        if repository is None:
            if known is None:
                return None
            raise _invalid(f"{shown(action)} is about a repository, and none is given", "name it")
        is_needed = not is_created and action.lower() not in _BEFORE_CREATION
        if is_needed and repository not in self._repositories:
            raise self._missing(repository)
        return self.registry.arn_of(repository)

    def _missing(self, repository: str) -> InvalidRequest:
        if self.registry.has_unknown_repositories:
            message = f"no repository is listed: whether {shown(repository)} is there is not known"
            return _invalid(message, "give the output of `aws ecr describe-repositories`")
        message = f"the registry has no repository {shown(repository)}"
        return _invalid(message, "give its name as `aws ecr describe-repositories` prints it")

    def answer(
        self, standing: Standing, action: str, repository: str | None, context: Context
    ) -> Answer:
        """The answer to a request, with those to the actions that it needs as well."""
        answer = self.answer_alone(standing, action, repository, context)
        if action.lower() != _CREATE or not has_request_tags(context):
            return answer
        further = tuple(
            self.answer_alone(standing, step.action, repository, context, is_created=True)
            for step in CREATE_REPOSITORY.needed(with_tags=True)
            if step.action.lower() != _CREATE
        )
        both = (answer, *further)
        return Answer(least(both), answer.decision, answer.ways, assumed(both), further)

    def answer_alone(
        self,
        standing: Standing,
        action: str,
        repository: str | None,
        context: Context,
        *,
        is_created: bool = False,
    ) -> Answer:
        """The answer to one request."""
        resource = self.resource(action, repository, is_created=is_created)
        held = None if resource is None else self._repositories.get(repository or "")
        number: str | None = self.registry.account
        owner = self.identities.accounts.get(self.registry.account)
        if action.lower() == _OF_OWN_ACCOUNT:
            number, owner = None, standing.account
        request = request_of(
            standing,
            action,
            resource=resource,
            number=number,
            owner=owner,
            context=context,
            resource_tags=held.resource_tags if held else {},
        )
        policies = self._policies(standing, held, owner)
        opens = is_open(standing, request, context)
        outcome = self._desk.outcome(request, policies.placed, opens)
        ways = tuple(
            tuple(
                condition
                for choice in way
                for condition in open_conditions(choice, policies.placed, outcome.unknown)
            )
            for way in outcome.ways
        )
        answer = Answer(
            _verdict(outcome),
            authorize(request, self._desk.plain(policies.placed)),
            tuple(way for way in ways if way),
        )
        untold = self._untold(held, request, policies.placed, outcome, opens, context)
        assumes = (
            untold
            if answer.verdict is Verdict.NO
            else (
                *_lacking(policies),
                *_unknown(answer),
                *_taken(standing),
                *self._tags_taken(standing, request, policies, context),
                *untold,
                *self._not_given(standing, request, owner),
            )
        )
        return Answer(answer.verdict, answer.decision, answer.ways, tuple(dict.fromkeys(assumes)))

    def of_resource(self, repository: Repository | None) -> Iterator[Placed]:
        """The repository's policy and the registry's."""
        if repository is not None and repository.policy:
            name = f"policy of the repository {shown(repository.name)}"
            policy = self._read(repository.policy, Kind.REPOSITORY, name)
            yield Placed(Place("resource"), name, policy)
        if self.registry.policy:
            name = "policy of the registry"
            policy = self._read(self.registry.policy, Kind.REGISTRY, name)
            yield Placed(Place("resource"), name, policy)

    def _policies(
        self, standing: Standing, repository: Repository | None, owner: Account | None
    ) -> Applying:
        about = None if repository is None else repository.name
        limits = None if owner is None else owner.id
        key = (standing.principal, standing.stands_for_many, about, limits)
        found = self._applying.get(key)
        if found is None:
            found = self._applying[key] = applying(
                of_caller(standing),
                (Placed(Place("session"), "session policy", each) for each in self._session),
                self.of_resource(repository),
                of_resource(owner),
                self._of_endpoint(),
            )
        return found

    def _of_endpoint(self) -> Iterator[Placed]:
        if self._endpoint is not None:
            yield Placed(Place("endpoint"), "VPC endpoint policy", self._endpoint)

    def _read(self, text: str, kind: Kind, name: str) -> Policy:
        found = self._parsed.get((kind, text))
        if found is None:
            scope = self.registry.effective_policy_scope if kind is Kind.REGISTRY else None
            found = self._parsed[kind, text] = parse(text, kind=kind, file=name, scope=scope)
        return found

    def _tags_taken(
        self, standing: Standing, request: Request, policies: Applying, context: Context
    ) -> Iterator[Assumption]:
        """Tags of a role that policies ask for: those of a session go before them."""
        identity = standing.identity
        if identity is None or identity.kind is not IdentityKind.ROLE:
            return
        given = {key.lower() for key in context}
        tags = {f"aws:principaltag/{tag.lower()}": tag for tag in identity.tags}
        for key in dict.fromkeys(self._desk.keys_asked(policies.placed)):
            if key in tags and key in request.values and key not in given:
                name = shown(f"aws:PrincipalTag/{tags[key]}")
                text = f"the session is taken to have no tag of its own for {name}"
                yield Assumption(text, "give the key in the context")

    def _untold(
        self,
        held: Repository | None,
        request: Request,
        placed: tuple[Placed, ...],
        outcome: Outcome,
        opens: IsOpen,
        context: Context,
    ) -> tuple[Assumption, ...]:
        """What the registry does not tell, where it could turn the answer."""
        given = frozenset(key.lower() for key in context)
        has_unknown_tags = held is not None and held.has_unknown_tags

        def opens_tags(key: str) -> bool:
            return opens(key) or (has_unknown_tags and key not in given and _is_tag(key))

        is_denied = _verdict(outcome) is Verdict.NO
        effect = StatementEffect.ALLOW if is_denied else StatementEffect.DENY

        def turns(kind: Kind) -> bool:
            extreme = Placed(Place("resource"), "unknown policy", _EXTREMES[kind, effect])
            found = self._desk.outcome(request, (*placed, extreme), opens_tags)
            return found.is_good is is_denied

        untold: list[Assumption] = []
        if held is not None and held.policy is None and turns(Kind.REPOSITORY):
            text = f"the policy of the repository {shown(held.name)} was not given"
            advice = "give the output of `aws ecr get-repository-policy`"
            untold.append(_taken_for_none(text, advice, "`policyText`"))
        if self.registry.policy is None and turns(Kind.REGISTRY):
            advice = "give the output of `aws ecr get-registry-policy`"
            text = "the policy of the registry was not given"
            untold.append(_taken_for_none(text, advice, "`registryPolicyText`"))
        if self.registry.policy and self.registry.policy_scope is None:
            narrow = self._narrow_desk.outcome(request, placed, opens)
            if _verdict(narrow) is not _verdict(outcome):
                untold.append(_SCOPE_TAKEN)
        if held is not None and has_unknown_tags:
            found = self._desk.outcome(request, placed, opens_tags)
            if replace(found, unknown=outcome.unknown) != outcome:
                text = f"the tags of the repository {shown(held.name)} were not given"
                advice = "give the output of `aws ecr list-tags-for-resource` as its `tags`"
                untold.append(Assumption(f"{text}: it is taken to have none", advice))
        return tuple(untold)

    def _not_given(
        self, standing: Standing, request: Request, owner: Account | None
    ) -> Iterator[Assumption]:
        limits = not_given(
            standing,
            request,
            owner,
            has_session=bool(self._session),
            has_endpoint=self._endpoint is not None,
        )
        return (Assumption(text, settled_by) for text, settled_by in limits)


def _is_tag(key: str) -> bool:
    return key.startswith(("aws:resourcetag/", "ecr:resourcetag/"))


def _taken_for_none(text: str, advice: str, member: str) -> Assumption:
    return Assumption(
        f"{text}: it is taken to have none", f"{advice}, or {member} as `null` where there is none"
    )


def _verdict(outcome: Outcome) -> Verdict:
    if outcome.is_bad:
        return Verdict.YES
    return Verdict.DEPENDS if outcome.is_good else Verdict.NO


def _lacking(policies: Applying) -> Iterator[Assumption]:
    """The policies that are not held: each could deny, so that every yes hangs on it."""
    for lack in policies.lacks.values():
        yield Assumption(lack.text, lack.settled_by)


def _unknown(answer: Answer) -> Iterator[Assumption]:
    for key in dict.fromkeys(key for each in answer.conditions for key in each.keys):
        yield Assumption(f"the context key {shown(key)} is not known", "give it in the context")


def _taken(standing: Standing) -> Iterator[Assumption]:
    """Managed policies that were taken from the package."""
    identity = standing.identity
    for each in () if identity is None else (*identity.policies, identity.boundary):
        if each is not None and each.taken_as is not None:
            text = f"the {each.name} is not in the document, and taken as {each.taken_as}"
            yield Assumption(text, "give `aws iam get-account-authorization-details` with it")


def _invalid(message: str, advice: str) -> InvalidRequest:
    return InvalidRequest([Finding("invalid-request", Severity.ERROR, message, help=advice)])
