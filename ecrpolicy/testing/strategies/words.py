"""Tags, digests, names, accounts, Regions and ARNs: the words of all that is drawn."""

import re
from string import ascii_letters, ascii_lowercase, digits
from typing import Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from ecrpolicy import quotas
from ecrpolicy.regions import PARTITIONS
from ecrpolicy.tagging import is_repository_name
from ecrpolicy.testing.strategies.building import built, one_of_many

ACCOUNTS: Final = ("111122223333", "444455556666", "123456789012")

# They share beginnings, middles and ends, so that patterns come close to each other.
_TAGS: Final = (
    *("v1", "v2", "latest", "prod", "prod-1", "prod-2", "pro", "prod-eu", "beta", "beta-1"),
    *("web-v1", "web-prod", "v1.2", "v1.2.3", "release-1", "dev", "sha-0a1b2c3"),
)
_FILLINGS: Final = ("1", "2", "", "eu", "1.2", "a-b", "rc_1")
_TAG_STARTS: Final = ascii_letters + digits + "_"
_TAG_CHARACTERS: Final = _TAG_STARTS + ".-"
_TAG_PATTERN: Final = re.compile(r"(?:[A-Za-z0-9_*][A-Za-z0-9._*-]*)", re.ASCII)

_WORDS: Final = ("web", "api", "team", "team-a", "base", "py3", "db", "x.y", "a_b", "c__d")
_LONGEST_NAME: Final = 60


def tags(*, pattern: str = "*") -> SearchStrategy[str]:
    """Tags of images; with a `pattern` such as `prod-*`, those that meet it.

    Shrinks to `v1`, and within a pattern to a `1` in the place of each `*`.
    """
    if not _TAG_PATTERN.fullmatch(pattern):
        raise InvalidArgument(f"`pattern` is {pattern!r}; give the characters of tags, and `*`")
    first, *others = pattern.split("*")
    number = len(others)
    room = quotas.IMAGE_TAG_MAX_CHARACTERS - len(pattern) + number
    if room < number:
        raise InvalidArgument(f"`pattern` is {pattern!r}, which leaves tags no room for its `*`")
    if not others:
        return st.just(pattern)
    filled = [_fillings(room // number)] * number
    if not first:
        filled[0] = _free_tags(room // number)
    return st.tuples(*filled).map(
        lambda each: first + "".join(map("".join, zip(each, others, strict=True)))
    )


def _free_tags(longest: int) -> SearchStrategy[str]:
    any_tag = st.builds(
        str.__add__,
        st.sampled_from(_TAG_STARTS),
        st.text(_TAG_CHARACTERS, max_size=longest - 1),
    )
    words = [word for word in _TAGS if len(word) <= longest]
    return st.sampled_from(words) | any_tag if words else any_tag


def _fillings(longest: int) -> SearchStrategy[str]:
    words = [word for word in _FILLINGS if len(word) <= longest]
    return st.sampled_from(words) | st.text(_TAG_CHARACTERS, max_size=min(longest, 10))


def digests() -> SearchStrategy[str]:
    """Digests of images: `sha256:` and 64 hexadecimal digits.

    Shrinks to `sha256:` and zeros; several that differ, to 0, 1, 2 and so on.
    """
    return st.integers(0, 2**256 - 1).map(lambda number: f"sha256:{number:064x}")


def repository_names(*, prefix: str = "") -> SearchStrategy[str]:
    """Names of repositories, such as `team/web`; with a `prefix`, those that begin with it.

    Shrinks to `web`.
    """
    longest = quotas.REPOSITORY_NAME_MAX_CHARACTERS - _LONGEST_NAME
    if not is_repository_name(f"{prefix}web") or len(prefix) > longest:
        advice = f"give the beginning of a name, of {longest} characters at most"
        raise InvalidArgument(f"`prefix` is {prefix!r}; {advice}")
    return names_up_to(_LONGEST_NAME).map(lambda name: prefix + name)


def names_up_to(longest: int) -> SearchStrategy[str]:
    """Names of repositories of some length at most, which must be 17 or more."""
    words = st.sampled_from(_WORDS) | st.text(ascii_lowercase + digits, min_size=2, max_size=8)
    separators = st.sampled_from(("/", "-", ".", "_", "__", "--"))
    most = (longest - 8) // 10
    tails = st.lists(st.tuples(separators, words).map("".join), max_size=most).map("".join)
    return words | st.builds(str.__add__, words, tails)


def account_ids() -> SearchStrategy[str]:
    """Ids of accounts, of twelve digits; those of AWS's examples more often. Shrinks to the first.

    >>> from hypothesis import find
    >>> find(account_ids(), lambda account: True)
    '111122223333'
    """
    others = st.integers(0, 10**12 - 1).map(lambda number: f"{number:012}")
    return st.sampled_from(ACCOUNTS) | others


def regions(*, partition: str | None = "aws") -> SearchStrategy[str]:
    """Regions of a partition, or with None of all. Shrinks to `us-east-1`, or the first."""
    found = [region for region, own in PARTITIONS.items() if partition is None or own == partition]
    if not found:
        known = ", ".join(f"`{each}`" for each in dict.fromkeys(PARTITIONS.values()))
        raise InvalidArgument(f"`partition` is {partition!r}; known are {known}")
    return one_of_many(sorted(found, key=lambda region: region != "us-east-1"))


def arns(
    *,
    accounts: SearchStrategy[str] | None = None,
    regions: SearchStrategy[str] | None = None,
    names: SearchStrategy[str] | None = None,
) -> SearchStrategy[str]:
    """ARNs of repositories, in the partition of their Region.

    Shrinks to `arn:aws:ecr:us-east-1:111122223333:repository/web`.
    """
    return built(
        _arn,
        _usual_regions() if regions is None else regions,
        account_ids() if accounts is None else accounts,
        repository_names() if names is None else names,
    )


_usual_regions: Final = regions


def _arn(region: str, account: str, name: str) -> str:
    partition = PARTITIONS.get(region)
    if partition is None:
        raise InvalidArgument(f"`regions` draws {region!r}, which is no Region that is known")
    return f"arn:{partition}:ecr:{region}:{account}:repository/{name}"
