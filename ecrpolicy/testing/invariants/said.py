"""What policies say of some actions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ecrpolicy.iam import Policy
from ecrpolicy.iam.model import Condition, Statement
from ecrpolicy.iam.resources import behind_fields
from ecrpolicy.iam.variables import has_variables
from ecrpolicy.testing.invariants.pattern_kinds import Items, like, of_condition
from ecrpolicy.testing.invariants.policies import Held, without_variables


@dataclass(frozen=True)
class Said:
    """The statements about some actions, each with its policy."""

    statements: tuple[tuple[Policy, Statement], ...]

    @classmethod
    def of(cls, several: Sequence[Held], actions: Iterable[str]) -> "Said":
        """Those of policy sets that mean one of the actions at least."""
        names = [each.lower() for each in actions]
        return cls(
            tuple(
                (policy, prepared.statement)
                for held in several
                for policy in held.everything
                for prepared in policy.prepared
                if any(map(prepared.means, names))
            )
        )

    def principals(self) -> Iterator[tuple[str, str]]:
        """All values of Principal and NotPrincipal, each with its kind."""
        for _, statement in self.statements:
            if statement.principal is not None:
                yield from statement.principal.values

    def conditions(self) -> Iterator[tuple[Policy, Condition]]:
        """All conditions, each with its policy."""
        for policy, statement in self.statements:
            yield from ((policy, condition) for condition in statement.conditions)

    def on(self, key: str) -> Iterator[tuple[Policy, Condition]]:
        """The conditions on a context key, which is in lower case."""
        return (each for each in self.conditions() if each[1].key.lower() == key)

    def patterns(self, key: str) -> Iterator[Items]:
        """What the values of conditions on a key are met by; a `*` stands for each variable."""
        for policy, condition in self.on(key):
            for value in condition.values:
                if policy.knows_variables and has_variables(value):
                    yield like(without_variables(value))
                else:
                    yield from of_condition(condition, [value])

    def resources(self) -> Iterator[str]:
        """All values of Resource and NotResource; a `*` stands for each variable in them."""
        yield from self.plain_resources()
        yield from map(without_variables, self.templates())

    def plain_resources(self) -> Iterator[str]:
        """The values of Resource and NotResource without variables."""
        return (value for value, is_template in self._values() if not is_template)

    def templates(self) -> Iterator[str]:
        """The values of Resource and NotResource that have variables."""
        return (value for value, is_template in self._values() if is_template)

    def _values(self) -> Iterator[tuple[str, bool]]:
        for policy, statement in self.statements:
            for value in statement.resource.values if statement.resource is not None else ():
                yield value, policy.knows_variables and has_variables(behind_fields(value))

    def texts(self) -> Iterator[str]:
        """Everything that can have a name in it."""
        yield from self.resources()
        yield from (value for _, value in self.principals())
        for _, condition in self.conditions():
            yield from condition.values
