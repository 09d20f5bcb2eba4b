"""Random requests with their policies: all of them valid, most of them near a decision.

A case is a dictionary as `tests.reference.iam` takes it; `asked` and `given` make of it what
`ecrpolicy.iam` takes.
"""

import json
from collections.abc import Sequence
from random import Random
from typing import Any

from ecrpolicy import iam
from ecrpolicy.iam import Kind, Policy, PolicySet, Request
from tests import iam_words as words
from tests.reference import iam as reference

Json = dict[str, Any]

_OPERATORS = tuple(sorted(reference.OPERATORS))
_VERSIONS = (*("2012-10-17",) * 12, "2008-10-17", None, None)
# What a grant that allows everything says; of most callers, whatever else there is stops them.
_EVERYTHING: Json = {"Effect": "Allow", "Action": "*"}
# So many statements that those about other resources are passed over, in a policy not too long.
_MANY, _LONG = 24, 4_000
_OF_RESOURCES = (Kind.REPOSITORY, Kind.REGISTRY, Kind.RESOURCE)


def random_case(random: Random) -> Json:
    """A request and all the policies that stand around it."""
    return _Making(random).case


def random_policy(random: Random, kind: Kind, case: Json) -> Json:
    """One more policy of a case."""
    return _Making(random, case).policy(kind)


def random_statement(random: Random, kind: Kind, case: Json, effect: str) -> Json:
    """One more statement of a case, which stays as it is."""
    own = {**case, "context": dict(case["context"])}
    return {**_Making(random, own).statement(kind), "Effect": effect}


class _Making:
    """Makes one case. What is simpler comes first: Hypothesis, too, draws from it."""

    def __init__(self, random: Random, case: Json | None = None) -> None:
        self._random = random
        self.case = {} if case is None else case
        if case is None:
            self._add_request()
            self._add_policies()

    def _chance(self, percent: int) -> bool:
        return self._random.randrange(100) >= 100 - percent

    def _some(self, pool: Sequence[Any], *, most: int = 3, empty: int = 0) -> Any:
        """One or several: a list, or one without a list; now and then an empty list."""
        if self._chance(empty):
            return []
        number = self._random.choice((1, 1, 1, 2, most))
        values = [self._random.choice(pool) for _ in range(number)]
        return values[0] if number == 1 and self._chance(70) else values

    # The request

    def _add_request(self) -> None:
        random = self._random
        caller = random.choice(words.CALLERS)
        self.case["principal"] = caller
        self.case["action"] = random.choice(words.ACTIONS)
        self.case["resource"] = random.choice(words.RESOURCES)
        if caller is not None:
            self._add_to_caller(caller)
        for flag in ("principalInManagementAccount", "resourceInManagementAccount"):
            if self._chance(10):
                self.case[flag] = True
        if self._chance(20):
            self.case["resourceAccount"] = random.choice((words.HERE, words.HERE, words.THERE))
        if self._chance(30):
            tag = random.choice(("Team", "team"))
            self.case["principalTags"] = {tag: random.choice(("team", "a", "b"))}
        if self._chance(30):
            self.case["resourceTags"] = {"env": random.choice(("prod", "a"))}
        self._add_context()

    def _add_to_caller(self, caller: str) -> None:
        """What is known of it beyond its ARN."""
        home = ":".join(caller.replace(":sts:", ":iam:").split(":")[:5])
        if "assumed-role" in caller:
            if self._chance(50):
                self.case["role"] = f"{home}:role/{self._random.choice(('p/', ''))}Dev"
            if self._chance(12):
                self.case["serviceLinkedRole"] = True
        if "federated-user" in caller and self._chance(60):
            self.case["user"] = f"{home}:user/bob"
        if "role" in caller and self._chance(30):
            self.case["provider"] = self._random.choice(words.PROVIDERS)

    def _add_context(self) -> None:
        context = self.case["context"] = {}
        pool = (*words.PLAIN_STRINGS, words.ARNS[0], "arn")
        for key in ("k:a", "k:b", "k:c"):
            if self._chance(40):
                context[key] = self._some(pool, empty=5)
        if self._chance(6):
            named = ("AWS:userName", "aws:PrincipalTag/team", "aws:PrincipalArn")
            key = self._random.choice((*named, "aws:ResourceTag/env"))
            context[key] = self._some(pool, empty=15)

    # The policies

    def _add_policies(self) -> None:
        policies = self.case["policies"] = {}
        if self._chance(75):
            policies["identity"] = self._several(Kind.IDENTITY, (1, 1, 2))
        if self._chance(60):
            policies["repository"] = self.policy(Kind.REPOSITORY)
        if self._chance(30):
            policies["registry"] = self.policy(Kind.REGISTRY)
        if self._chance(30):
            policies["registryScope"] = self._random.choice(("V1", "V2"))
        if self._chance(20):
            policies["resource"] = self._several(Kind.RESOURCE, (1, 1, 2))
        if self._chance(25):
            policies["boundary"] = self.policy(Kind.BOUNDARY)
        if self._chance(30):
            policies["session"] = self._several(Kind.SESSION, (0, 1, 1, 2))
        if self._chance(20):
            policies["scps"] = self._levels(Kind.SCP, (0, 1, 1, 1, 1, 2))
        if self._chance(15):
            policies["rcps"] = self._levels(Kind.RCP, (0, 1, 1, 2))
        if self._chance(15):
            policies["endpoint"] = self.policy(Kind.ENDPOINT)

    def _several(self, kind: Kind, numbers: Sequence[int]) -> list[Json]:
        return [self.policy(kind) for _ in range(self._random.choice(numbers))]

    def _levels(self, kind: Kind, numbers: Sequence[int]) -> list[list[Json]]:
        return [self._several(kind, numbers) for _ in range(self._random.choice((1, 2)))]

    def policy(self, kind: Kind) -> Json:
        """A policy, often with a statement that allows everything to somebody."""
        statements = [self.statement(kind) for _ in range(self._random.choice((1, 1, 2, 3)))]
        if kind in (Kind.IDENTITY, *_OF_RESOURCES) and self._chance(3):
            while len(statements) < _MANY and len(json.dumps(statements)) < _LONG:
                statements.append(self.statement(kind))
        if self._chance(30):
            statements.append(_EVERYTHING | self._about(kind))
        made: Json = {"Statement": statements}
        if len(statements) == 1 and self._chance(30):
            made["Statement"] = statements[0]
        version = self._random.choice(_VERSIONS)
        return made if version is None else {"Version": version, **made}

    def _about(self, kind: Kind) -> Json:
        """The elements that a grant of everything has besides effect and action."""
        about: Json = {} if kind is Kind.REPOSITORY else {"Resource": "*"}
        if kind in _OF_RESOURCES:
            about["Principal"] = self._principal()
        elif kind is Kind.RCP:
            about["Principal"] = "*"
        return about

    def statement(self, kind: Kind) -> Json:
        """A statement as policies of the kind may have it."""
        denies = kind is Kind.RCP or self._chance(10)
        made: Json = {"Effect": "Deny" if denies else "Allow"}
        if kind is not Kind.RCP and self._chance(12):
            made["NotAction"] = self._some(words.ACTION_PATTERNS)
        else:
            made["Action"] = self._some((*words.ACTION_PATTERNS, *(self.case["action"],) * 6))
        if kind is not Kind.REPOSITORY:
            if self._chance(15):
                made["NotResource"] = self._some(words.RESOURCE_PATTERNS)
            elif kind is not Kind.RESOURCE or self._chance(80):
                made["Resource"] = self._some(words.RESOURCE_PATTERNS)
        if kind in _OF_RESOURCES or (kind is Kind.ENDPOINT and self._chance(70)):
            made["NotPrincipal" if self._chance(20) else "Principal"] = self._principal()
        elif kind is Kind.RCP:
            made["Principal"] = "*"
        if self._chance(35):
            made["Condition"] = self._conditions()
        return made

    def _principal(self) -> Any:
        if self._chance(20):
            return "*"
        made: Json = {}
        if self._chance(85):
            pools = (self._names_of_caller(), words.PRINCIPALS)
            pool = pools[0] if pools[0] and self._chance(60) else pools[1]
            made["AWS"] = self._some(pool, most=4)
        if self._chance(20):
            made["Service"] = self._some(words.SERVICES, most=2)
        if self._chance(12):
            made["Federated"] = self._some(words.PROVIDERS, most=2)
        if self._chance(5):
            made["CanonicalUser"] = "a" * 64
        return made or {"AWS": self._some(words.PRINCIPALS)}

    def _names_of_caller(self) -> tuple[str, ...]:
        """Whatever names the caller, or nearly."""
        caller = self.case["principal"]
        if caller is None or not caller.startswith("arn:"):
            return ()
        account = caller.split(":")[4]
        home = f"arn:aws:iam::{account}"
        names = [account, f"{home}:root", caller, caller]
        if "role" in caller:
            session = f"arn:aws:sts::{account}:assumed-role/Dev/s1"
            names += [f"{home}:role/p/Dev", f"{home}:role/Dev", session]
        if "federated-user" in caller:
            names += [f"{home}:user/bob"]
        return tuple(names)

    # Conditions

    def _conditions(self) -> Json:
        block: Json = {}
        for _ in range(self._random.choice((1, 1, 2))):
            name = self._random.choice(_OPERATORS)
            qualifier = ""
            if self._chance(25):
                qualifier = self._random.choice(("ForAllValues:", "ForAnyValue:"))
            text = f"{qualifier}{name}{'IfExists' if self._chance(20) else ''}"
            keys = block.setdefault(text, {})
            for _ in range(self._random.choice((1, 1, 1, 2))):
                key, values = self._condition(name)
                keys[key] = values
        return block

    def _condition(self, operator: str) -> tuple[str, Any]:
        """A key and the policy's values for it; the request may be given the same, or others."""
        family = next(
            each for each in words.VALUES if operator.removeprefix("Not").startswith(each)
        )
        wanted, found = words.VALUES[family]
        values = self._some(wanted, empty=3)
        if family == "Ip" or self._chance(30):
            key = self._random.choice(words.GIVEN_KEYS)
            self._give(key, values if family != "Ip" and self._chance(40) else None, found)
            return key, values
        key = self._random.choice(words.FILLED_KEYS)
        if self._chance(50):
            values = self._some(self._filled_values())
        elif self._chance(16):
            self._give(key, values, found)
        return key, values

    def _give(self, key: str, values: Any, pool: Sequence[Any]) -> None:
        """Give the request values for a key, perhaps, and under the spelling that it has."""
        context = self.case["context"]
        spelled = next((name for name in context if name.lower() == key.lower()), key)
        if key != "k:missing" and (spelled not in context or self._chance(30)):
            context[spelled] = self._some(pool, empty=5) if values is None else values

    def _filled_values(self) -> tuple[str, ...]:
        caller = self.case["principal"]
        if caller is None:
            return words.FILLED_VALUES
        values = (*words.FILLED_VALUES, caller)
        if not caller.startswith("arn:"):
            return values
        account = caller.split(":")[4]
        return (*values, account, f"{account}:fed", f"arn:aws:iam::{account}:role/Dev")


# As the library takes it


def asked(case: Json) -> Request:
    """The request of a case."""
    return Request(
        principal=case["principal"],
        action=case["action"],
        resource=case["resource"],
        context=case["context"],
        resource_account=case.get("resourceAccount"),
        role=case.get("role"),
        user=case.get("user"),
        provider=case.get("provider"),
        service_linked_role=case.get("serviceLinkedRole", False),
        principal_in_management_account=case.get("principalInManagementAccount", False),
        resource_in_management_account=case.get("resourceInManagementAccount", False),
        principal_tags=case.get("principalTags", {}),
        resource_tags=case.get("resourceTags", {}),
    )


def given(case: Json) -> PolicySet:
    """The policies of a case."""
    policies = case["policies"]

    def one(kind: Kind) -> tuple[Policy, ...]:
        return _parsed(kind, [policies[kind.value]] if kind.value in policies else [])

    def several(kind: Kind) -> tuple[Policy, ...]:
        return _parsed(kind, policies.get(kind.value, []))

    return PolicySet(
        identity=several(Kind.IDENTITY),
        resource=(*one(Kind.REPOSITORY), *one(Kind.REGISTRY), *several(Kind.RESOURCE)),
        boundary=next(iter(one(Kind.BOUNDARY)), None),
        session=several(Kind.SESSION),
        scps=tuple(_parsed(Kind.SCP, level) for level in policies.get("scps", [])),
        rcps=tuple(_parsed(Kind.RCP, level) for level in policies.get("rcps", [])),
        endpoint=next(iter(one(Kind.ENDPOINT)), None),
        registry_scope=policies.get("registryScope", "V2"),
    )


def _parsed(kind: Kind, documents: Sequence[Json]) -> tuple[Policy, ...]:
    return tuple(iam.parse(document, kind=kind) for document in documents)
