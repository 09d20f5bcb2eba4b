"""Names that are wrong in nothing but their case."""

from collections.abc import Iterable
from typing import Any

from ecrpolicy.lint.edit import Rename
from ecrpolicy.lint.rule import Problem
from ecrpolicy.lint.values import at_path


def in_right_case(name: str, known: Iterable[str]) -> str | None:
    """The known name that another one is, but for its case.

    >>> in_right_case("allow", ["Allow", "Deny"]), in_right_case("alow", ["Allow"])
    ('Allow', None)
    """
    lowered = name.lower()
    return next((each for each in known if each.lower() == lowered), None)


def renamed(problem: Problem, value: Any, known: Iterable[str]) -> Problem:
    """A problem about a member's name, with a fix where nothing but its case is wrong."""
    *inside, name = problem.path
    holder = at_path(value, tuple(inside))
    right = in_right_case(str(name), known)
    if right is None or not isinstance(holder, dict):
        return problem
    is_alone = sum(str(each).lower() == right.lower() for each in holder) == 1
    return problem._replace(fix=(Rename(problem.path, right),)) if is_alone else problem
