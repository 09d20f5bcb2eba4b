"""Which rules there are; those are imported that a document asks for.

A family is a package in `ecrpolicy.lint.rules`, and a rule a module in it that is called as the
rule is: adding the file is all that makes it known.
"""

from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Final

from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.rule import Rule

FAMILIES: Final[dict[str, tuple[Kind, ...]]] = {
    "syntax": tuple(Kind),
    "linter": tuple(Kind),
    "iam": IAM,
    "ecr": IAM,
    "lifecycle": (Kind.LIFECYCLE,),
    "scanning": (Kind.SCANNING,),
    "replication": (Kind.REPLICATION,),
    "caching": (Kind.CACHING, Kind.TEMPLATES),
}
"""The families of rules, each with the kinds of documents that it is about."""

_PACKAGE: Final = "ecrpolicy.lint.rules"


@cache
def rules_for(kind: Kind) -> tuple[Rule, ...]:
    """The rules about a kind of documents, family after family."""
    return tuple(
        rule
        for family, kinds in FAMILIES.items()
        if kind in kinds
        for name in names(family)
        if kind in (rule := _rule(family, name)).kinds
    )


@cache
def names(family: str) -> tuple[str, ...]:
    """The names of a family's rules, in their order; none of them is imported."""
    modules = (each.name for each in (files(_PACKAGE) / family).iterdir())
    return tuple(
        sorted(
            module.removesuffix(".py").replace("_", "-")
            for module in modules
            if module.endswith(".py") and module != "__init__.py"
        )
    )


def family_of(name: str) -> str | None:
    """The family of a rule, None where there is no such rule.

    >>> family_of("wildcard-in-service-name"), family_of("no-such-rule")
    ('iam', None)
    """
    return next((family for family in FAMILIES if name in names(family)), None)


def find(name: str) -> Rule:
    """A rule by its name; raises KeyError where there is none."""
    family = family_of(name)
    if family is None:
        raise KeyError(name)
    return _rule(family, name)


def _rule(family: str, name: str) -> Rule:
    rule: Rule = import_module(f"{_PACKAGE}.{family}.{name.replace('-', '_')}").RULE
    return rule
