"""What a request tells of itself, as condition keys ("AWS global condition context keys")."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from ecrpolicy.iam.request import Context


def request_context(
    *,
    source: str | None,
    is_secure: bool,
    headers: Mapping[str, str],
    region: str,
    now: datetime,
) -> Context:
    """The keys that every request has.

    `source` is the address of the client, `is_secure` whether TLS brought the request; the server
    has looked through proxies that are trusted. Names of headers are in lower case. Keys of tags,
    and those of one operation, are added by who knows them; those of the caller by `authorise`.
    """
    context = {
        "aws:SecureTransport": "true" if is_secure else "false",
        "aws:CurrentTime": now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "aws:EpochTime": str(int(now.timestamp())),
        "aws:RequestedRegion": region,
        "aws:ViaAWSService": "false",
    }
    if source is not None:
        context["aws:SourceIp"] = source
    for key, header in (("aws:UserAgent", "user-agent"), ("aws:Referer", "referer")):
        if header in headers:
            context[key] = headers[header]
    return context


def keys_of_tags(tags: Iterable[tuple[str, str]]) -> Context:
    """The condition keys of tags that a repository is given ("Using Tag-Based Access Control")."""
    given = tuple(tags)
    if not given:
        return {}
    known = tags_in_conditions(given)
    values = {f"aws:RequestTag/{key}": value for key, value in known.items()}
    return {"aws:TagKeys": tuple(dict.fromkeys(key for key, _ in given)), **values}


def tags_in_conditions(tags: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Tags as condition keys know them, whose names know no case: of several, one is theirs.

    IAM User Guide, "Controlling access to AWS resources using tags": a condition matches one of
    them, and not both. It is the first in the order of their characters, in a request as on a
    repository: what tags were allowed for is what later requests are decided by.

    >>> tags_in_conditions([("team", "b"), ("Team", "a"), ("stage", "test")])
    {'Team': 'a', 'stage': 'test'}
    """
    known: dict[str, tuple[str, str]] = {}
    for key, value in sorted(tags):
        known.setdefault(key.lower(), (key, value))
    return dict(known.values())
