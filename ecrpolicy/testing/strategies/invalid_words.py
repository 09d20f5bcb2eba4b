"""Tags, names of repositories and ARNs that are refused for one reason."""

from collections.abc import Mapping, Sequence
from string import ascii_letters, digits
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ecrpolicy import quotas
from ecrpolicy.testing.strategies import words
from ecrpolicy.testing.strategies.invalid import Breakage, Invalid, invalid, pick

_START: Final = st.text(ascii_letters + digits + "_", min_size=1, max_size=4)
_REST: Final = st.text(ascii_letters + digits + "._-", max_size=4)
_NO_CHARACTERS: Final = (" ", "*", ":", "@", "+", "é", "١", "\n")
_NO_ACCOUNTS: Final = ("1", "1111222233334", "11112222333١")


def invalid_tags(*, rules: Sequence[str] | None = None) -> SearchStrategy[Invalid]:
    """Texts that can be no tag for one reason; with `rules`, for one of these."""
    return invalid(_TAGS, rules)


def invalid_repository_names(*, rules: Sequence[str] | None = None) -> SearchStrategy[Invalid]:
    """Texts that can be no name of a repository for one reason; with `rules`, for one of these."""
    return invalid(_NAMES, rules)


def invalid_arns(*, rules: Sequence[str] | None = None) -> SearchStrategy[Invalid]:
    """Texts that can be no ARN of a resource for one reason; with `rules`, for one of these."""
    return invalid(ARNS, rules)


def _empty(_: DrawFn) -> Invalid:
    return Invalid("", "empty", "")


def _long_tag(draw: DrawFn) -> Invalid:
    longest = quotas.IMAGE_TAG_MAX_CHARACTERS
    length = draw(st.integers(longest + 1, longest + 9))
    return Invalid(draw(_START).ljust(length, "a"), "too-long", "")


def _first_character(draw: DrawFn) -> Invalid:
    return Invalid(pick(draw, ".-") + draw(_REST), "first-character", "")


def _other_character(draw: DrawFn) -> Invalid:
    text = draw(_START) + pick(draw, ("/", *_NO_CHARACTERS)) + draw(_REST)
    return Invalid(text, "other-character", "")


def _short_name(draw: DrawFn) -> Invalid:
    return Invalid(pick(draw, ("", "a", "1")), "too-short", "")


def _long_name(draw: DrawFn) -> Invalid:
    longest = quotas.REPOSITORY_NAME_MAX_CHARACTERS
    length = draw(st.integers(longest + 1, longest + 9))
    return Invalid(draw(words.names_up_to(40)).ljust(length, "a"), "too-long", "")


def _separator(draw: DrawFn) -> Invalid:
    """One that begins, ends, or stands beside another."""
    name, mark = draw(words.names_up_to(40)), pick(draw, "/._-")
    text = pick(draw, (f"{mark}{name}", f"{name}{mark}", f"{name}/{mark}{name}", f"{name}..{name}"))
    return Invalid(text, "separator", "")


def _name_character(draw: DrawFn) -> Invalid:
    text = draw(words.names_up_to(40)) + pick(draw, ("A", *_NO_CHARACTERS)) + "a"
    return Invalid(text, "other-character", "")


def _broken_arn(rule: str, texts: Sequence[str]) -> Breakage:
    """Breaks an ARN: `{}` in a text stands for the name of its repository."""

    def breakage(draw: DrawFn) -> Invalid:
        text = pick(draw, texts)
        return Invalid(text.replace("{}", draw(words.repository_names())), rule, "")

    return breakage


_TAGS: Final[Mapping[str, Sequence[Breakage]]] = {
    "empty": (_empty,),
    "first-character": (_first_character,),
    "other-character": (_other_character,),
    "too-long": (_long_tag,),
}

_NAMES: Final[Mapping[str, Sequence[Breakage]]] = {
    "too-short": (_short_name,),
    "too-long": (_long_name,),
    "separator": (_separator,),
    "other-character": (_name_character,),
}

_ARN: Final = "arn:aws:ecr:us-east-1:111122223333:repository/{}"
ARNS: Final[Mapping[str, Sequence[Breakage]]] = {
    "arn-prefix": (
        _broken_arn("arn-prefix", (_ARN.removeprefix("arn:"), _ARN.replace("arn", "ARN", 1))),
    ),
    "missing-field": (
        _broken_arn(
            "missing-field",
            ("", "{}", "arn:aws:ecr:us-east-1:repository/{}", "arn:aws:ecr:us-east-1:111122223333"),
        ),
    ),
    "empty-field": (
        _broken_arn(
            "empty-field",
            (
                _ARN.replace("aws", "", 1),
                _ARN.replace("ecr", "", 1),
                _ARN.replace("repository/{}", ""),
            ),
        ),
    ),
    "malformed-account": (
        _broken_arn(
            "malformed-account", tuple(_ARN.replace("111122223333", each) for each in _NO_ACCOUNTS)
        ),
    ),
}
