"""Who may do what in a registry.

The request and its policies are made from a registry and its identities, and the answer says what
it hangs on that neither of them holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ecrpolicy.iam import actions
from ecrpolicy.iam.actions import AccessLevel
from ecrpolicy.iam.answers import Answer, Assumption, Verdict, assumed, least
from ecrpolicy.iam.grantees import GranteeKind, candidates
from ecrpolicy.iam.identities import Identities
from ecrpolicy.iam.inquiry import Inquiry
from ecrpolicy.iam.model import Policy
from ecrpolicy.iam.operations import (
    CREATE_REPOSITORY,
    About,
    Operation,
    Step,
    When,
    has_request_tags,
)
from ecrpolicy.iam.request import Context
from ecrpolicy.iam.standing import Standing, standing_of
from ecrpolicy.iam.wording import shown
from ecrpolicy.snapshot import Registry

_NOTHING: Final[Context] = MappingProxyType({})
_KINDS: Final = tuple(GranteeKind)


@dataclass(frozen=True, slots=True)
class Grantee:
    """Somebody who may do something, or may under conditions."""

    kind: GranteeKind
    name: str
    answer: Answer

    def __str__(self) -> str:
        return self.kind if self.kind is GranteeKind.EVERYBODY else f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class WhoCan:
    """Who may take an action, by kind; `untold` is what else could let somebody."""

    action: str
    resource: str | None
    grantees: tuple[Grantee, ...]
    untold: tuple[Assumption, ...] = ()

    @property
    def certain(self) -> tuple[Grantee, ...]:
        """Those who may, whatever is not known."""
        return tuple(each for each in self.grantees if each.answer.allowed)

    @property
    def depending(self) -> tuple[Grantee, ...]:
        """Those who may, depending on what is not known."""
        return tuple(each for each in self.grantees if not each.answer.allowed)

    @property
    def assumes(self) -> tuple[Assumption, ...]:
        """What the answers take for granted, each once."""
        answers = assumed(each.answer for each in self.grantees)
        return tuple(dict.fromkeys((*answers, *self.untold)))


ByLevel = Mapping[AccessLevel, tuple[Answer, ...]]


@dataclass(frozen=True, slots=True)
class WhatCan:
    """What a caller may do, by access level: to each repository, and without a repository.

    `untold` is what else could let it do more.
    """

    principal: str | None
    repositories: Mapping[str, ByLevel] = field(hash=False)
    registry: ByLevel = field(hash=False)
    untold: tuple[Assumption, ...] = ()

    @property
    def assumes(self) -> tuple[Assumption, ...]:
        """What the answers take for granted, each once."""
        levels = (self.registry, *self.repositories.values())
        found = assumed(each for level in levels for several in level.values() for each in several)
        return tuple(dict.fromkeys((*found, *self.untold)))


@dataclass(frozen=True, slots=True)
class OperationAnswer:
    """The answers to all the actions of an operation; `untold` is what else they hang on."""

    operation: Operation
    answers: tuple[Answer, ...]
    untold: tuple[Assumption, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """That of the action that is least allowed."""
        return least(self.answers)

    @property
    def allowed(self) -> bool:
        """Whether every action is allowed, whatever is not known."""
        return self.verdict is Verdict.YES

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def missing(self) -> tuple[str, ...]:
        """The actions that are not allowed, and those of which it is not known."""
        return tuple(each.request.action for each in self.answers if not each.allowed)

    @property
    def assumes(self) -> tuple[Assumption, ...]:
        """What the answers take for granted, each once."""
        return (*self.untold, *assumed(self.answers))


def authorize_in(
    registry: Registry,
    identities: Identities,
    principal: str | None,
    action: str,
    repository: str | None = None,
    context: Context = _NOTHING,
    *,
    session: Sequence[Policy] = (),
    endpoint: Policy | None = None,
) -> Answer:
    """Whether a caller may take an action on a repository, by name, of the registry.

    A policy that the registry does not tell, and tags that it does not, are taken not to be there:
    `assumes` says so where they could turn the answer.
    Context keys that are not given are not known, but for those that follow from the caller and
    the repository; an empty list says that the request does not have the key. A repository is
    created with tags where `aws:RequestTag/…` or `aws:TagKeys` are given.
    Raises InvalidRequest for a caller or a repository that does not exist.

    >>> registry = Registry("111122223333", "us-east-1", policy=None)
    >>> answer = authorize_in(registry, Identities(), "arn:aws:iam::111122223333:user/bob",
    ...     "ecr:CreateRepository", "web")
    >>> answer.verdict.value, answer.assumes[0].text
    ('depends', 'the identity-based policies of `arn:aws:iam::111122223333:user/bob` are not known')
    """
    inquiry = Inquiry(registry, identities, session, endpoint)
    return inquiry.answer(standing_of(principal, identities), action, repository, context)


def authorize_operation_in(
    registry: Registry,
    identities: Identities,
    principal: str | None,
    operation: Operation,
    repository: str | None = None,
    context: Context = _NOTHING,
) -> OperationAnswer:
    """Whether a caller may do all that an operation needs; the context counts for each action."""
    inquiry = Inquiry(registry, identities)
    standing = standing_of(principal, identities)
    exists = repository is not None and registry.repository(repository) is not None
    steps = operation.needed(repository_exists=exists, with_tags=has_request_tags(context))
    creates = CREATE_REPOSITORY.steps[0].action in {step.action for step in steps}
    answers = tuple(
        inquiry.answer_alone(
            standing,
            step.action,
            None if step.about is About.NONE else repository,
            context,
            is_created=creates,
        )
        for step in steps
    )
    return OperationAnswer(operation, answers, _taken_not_to_be_there(registry, repository, steps))


def _taken_not_to_be_there(
    registry: Registry, repository: str | None, steps: Sequence[Step]
) -> tuple[Assumption, ...]:
    """That a repository is missing, where nobody told which there are and that is asked for."""
    hangs = any(each.when is When.NEW_REPOSITORY for each in steps)
    if repository is None or not (hangs and registry.has_unknown_repositories):
        return ()
    text = f"no repository is listed: {shown(repository)} is taken not to be there"
    return (Assumption(text, "give the output of `aws ecr describe-repositories`"),)


def who_can(
    registry: Registry,
    identities: Identities,
    action: str,
    repository: str | None = None,
    context: Context = _NOTHING,
) -> WhoCan:
    """Who may take an action on a repository: identities, accounts, services, everybody.

    Of accounts whose identities are not held, those are told that the registry's policies name.
    Who may assume a role is no question of the registry, and is not looked at.
    """
    inquiry = Inquiry(registry, identities)
    resource = inquiry.resource(action, repository)
    asked = [
        Grantee(each.kind, each.name, inquiry.answer(each.standing, action, repository, context))
        for each in candidates(inquiry, action, repository)
    ]
    found = [each for each in asked if each.answer.verdict is not Verdict.NO]
    found.sort(key=lambda each: _KINDS.index(each.kind))
    denied = (each.answer for each in asked if each.answer.verdict is Verdict.NO)
    return WhoCan(action, resource, tuple(found), assumed(denied))


def what_can(
    registry: Registry,
    identities: Identities,
    principal: str | None,
    context: Context = _NOTHING,
) -> WhatCan:
    """What a caller may do to each repository of the registry, and to the registry itself."""
    inquiry = Inquiry(registry, identities)
    standing = standing_of(principal, identities)
    known = actions.service("ecr").actions.values()
    with_resource = [action for action in known if action.has_resource]
    without = [action for action in known if not action.has_resource]
    denied: list[Answer] = []
    repositories = {
        each.name: _by_level(inquiry, standing, with_resource, each.name, context, denied)
        for each in registry.repositories
    }
    of_registry = _by_level(inquiry, standing, without, None, context, denied)
    return WhatCan(principal, repositories, of_registry, assumed(denied))


def _by_level(
    inquiry: Inquiry,
    standing: Standing,
    several: Iterable[actions.Action],
    repository: str | None,
    context: Context,
    denied: list[Answer],
) -> ByLevel:
    """What is allowed of some actions, or may be, mildest first; the others go to `denied`."""
    found: dict[AccessLevel, list[Answer]] = {}
    for action in several:
        answer = inquiry.answer(standing, action.name, repository, context)
        if answer.verdict is Verdict.NO:
            denied.append(answer)
        else:
            found.setdefault(action.access_level, []).append(answer)
    return {level: tuple(found[level]) for level in AccessLevel if level in found}
