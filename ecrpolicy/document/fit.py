"""Whether a value surely fits a model, told without the model.

A form is what a value must be: a check, the words of which it is one, a list of one form, or an
object with its members, in which `?` behind a name says that it may be left out. What fits a form
is not complained of; what does not may fit all the same, and the model says.
"""

from collections.abc import Callable, Mapping
from typing import Any

from ecrpolicy.document.unknown import UNKNOWN

Form = Callable[[Any], bool] | frozenset[str] | list[Any] | Mapping[str, Any]


def text(value: Any) -> bool:
    """Whether it is a string that can be sent: half a surrogate pair cannot.

    >>> text("a"), text(chr(0xD800)), text(1)
    (True, False, False)
    """
    if type(value) is not str:
        return False
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def counting(value: Any) -> bool:
    """Whether it is an integer from 1."""
    return type(value) is int and value > 0


def fits(value: Any, form: Form) -> bool:
    """Whether a value surely fits a form; what is unknown does.

    >>> fits({"a": ["x"]}, {"a": [text], "b?": counting}), fits({"a": [1]}, {"a": [text]})
    (True, False)
    """
    if value is UNKNOWN:
        return True
    if callable(form):
        return form(value)
    if isinstance(form, frozenset):
        return type(value) is str and value in form
    if isinstance(form, list):
        return type(value) is list and all(fits(each, form[0]) for each in value)
    return type(value) is dict and _has_members(value, form)


def _has_members(value: Mapping[str, Any], form: Mapping[str, Any]) -> bool:
    met = 0
    for name, held in form.items():
        known = name.removesuffix("?")
        if known in value:
            met += 1
            if not fits(value[known], held):
                return False
        elif known == name:
            return False
    return met == len(value)
