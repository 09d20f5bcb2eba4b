"""A condition key that an action does not have."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.actions import Action, Service
from ecrpolicy.iam.operators import Comparison, Qualifier
from ecrpolicy.iam.wording import listed, shown
from ecrpolicy.lint.condition_keys import found_in, global_key, keys_of
from ecrpolicy.lint.facts import Facts, is_own
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import Condition, Element, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_OF_TAGS: Final = ("aws:requesttag/", "aws:resourcetag/", "aws:tagkeys")


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        if statement.action is None:
            continue
        for condition in statement.conditions:
            without = _without_key(statement.action, condition, subject.facts)
            if without:
                key, which = shown(condition.key), "it" if len(without) == 1 else "them"
                yield Problem(
                    condition.path,
                    f"no request for {listed(without)} has the condition key {key}",
                    f"move {which} to a statement without this condition",
                    at_name=True,
                    severity=None if any(map(_is_sure, without)) else Severity.WARNING,
                )


def _is_sure(action: str) -> bool:
    return is_own(action.partition(":")[0])


def _without_key(element: Element, condition: Condition, facts: Facts) -> list[str]:
    """The actions that do not have the key of a condition."""
    if not _is_meant(condition) or not _is_of_some_actions(condition.key, facts):
        return []
    found = []
    for text in element.texts:
        service, action = facts.service(text.partition(":")[0]), facts.action(text)
        if service is not None and action is not None and _lacks(service, action, condition):
            found.append(action.name)
    return found


def _is_meant(condition: Condition) -> bool:
    operator = condition.operator
    return not (
        operator is None
        or operator.if_exists
        or operator.comparison is Comparison.NULL
        or operator.qualifier is Qualifier.FOR_ALL_VALUES
    )


def _is_of_some_actions(key: str, facts: Facts) -> bool:
    if global_key(key) is not None:
        return key.lower().startswith(_OF_TAGS)
    service = facts.service(key.partition(":")[0])
    return service is not None and facts.condition_key(key) is not None and _lists(service, key)


def _lists(service: Service, key: str) -> bool:
    """Whether a service says of anything that requests for it have one of its keys."""
    of_actions = (name for each in service.actions.values() for name in each.condition_keys)
    of_types = (name for each in service.resource_types.values() for name in each.condition_keys)
    names = dict.fromkeys((*of_actions, *of_types), "String")
    return found_in(keys_of(names), key) is not None


def _lacks(service: Service, action: Action, condition: Condition) -> bool:
    types = (service.resource_types.get(name) for name in action.resource_types)
    of_types = (key for each in types if each is not None for key in each.condition_keys)
    names = dict.fromkeys((*action.condition_keys, *of_types), "String")
    if found_in(keys_of(names), condition.key) is not None:
        return False
    if global_key(condition.key) is None:
        return True
    return found_in(keys_of(service.condition_keys), condition.key) is not None


RULE = Rule(
    name="unsupported-action-for-condition-key",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    without_facts="""
        Actions and keys of Amazon ECR and Amazon ECR Public are checked; of those of other
        services, nothing is said.
        """,
    summary="a condition compares a key that some of its statement's actions do not have",
    what="""
        Finds conditions on keys of a service and on keys of tags, in statements with actions whose
        requests never have that key, as the Service Authorization Reference lists it:
        `ecr:GetAuthorizationToken` beside `ecr:ResourceTag/team`, for one.
        For services other than Amazon ECR and Amazon ECR Public it is a warning: the reference
        leaves out some keys. Keys that it lists for no action at all are let be.
        Actions with wildcards are not looked at, nor are conditions that hold where the key is
        missing by `IfExists` or `ForAllValues`, and `Null`.
        Keys of tags that no action of the service has are told by the rules on services that do not
        know them.
        """,
    why="""
        For those actions the condition is the same whatever the request: an `Allow` grants nothing,
        a `Deny` refuses nothing; with a negated operator, the `Deny` refuses everything.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": ["ecr:GetAuthorizationToken", "ecr:DescribeImages"],
            "Resource": "*",
            "Condition": {"StringEquals": {"ecr:ResourceTag/team": "storefront"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": [
            {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
            {
              "Effect": "Allow",
              "Action": "ecr:DescribeImages",
              "Resource": "*",
              "Condition": {"StringEquals": {"ecr:ResourceTag/team": "storefront"}}
            }
          ]
        }
        """,
    references=(
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Unsupported "
        "action for condition key”",
    ),
)
