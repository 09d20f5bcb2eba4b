"""What pull-through cache rules have against them beyond the types of their members.

Amazon ECR User Guide, "Using pull through cache rules", "Storing your upstream repository
credentials in an AWS Secrets Manager secret" and "Customizing repository prefixes for ECR to ECR
pull through cache"; Amazon ECR API Reference, "CreatePullThroughCacheRule".
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from ecrpolicy import quotas
from ecrpolicy.arn import Arn, is_account
from ecrpolicy.caching.model import ROOT, UpstreamRegistry
from ecrpolicy.caching.prefixes import duplicate_prefixes, prefix_problems
from ecrpolicy.caching.roles import role_problems
from ecrpolicy.caching.upstreams import KNOWN_HOSTS, NEEDS_SECRET, upstream_of
from ecrpolicy.document.shape import Problem, no_match, parameter_path
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.wording import printable

_LIST: Final = "pullThroughCacheRules"
_LENGTHS: Final = range(quotas.CACHE_PREFIX_MIN_CHARACTERS, quotas.CACHE_PREFIX_MAX_CHARACTERS + 1)
_PREFIXES: Final = ("ecrRepositoryPrefix", "upstreamRepositoryPrefix")

_CREDENTIAL: Final = re.compile(
    r"arn:aws(?:-\w+)*:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr-pullthroughcache/[a-zA-Z0-9/_+=.@-]+"
)
_CREDENTIAL_PATTERN: Final = (
    r"^arn:aws(-\w+)*:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr\-pullthroughcache\/"
    r"[a-zA-Z0-9\/_+=.@-]+$"
)

_EXISTS: Final = (
    "PullThroughCacheRuleAlreadyExistsException: A pull through cache rule with these settings "
    "already exists for the private registry."
)
_UNSUPPORTED: Final = (
    "UnsupportedUpstreamRegistryException: The specified upstream registry isn't supported."
)
_AUTHENTICATION: Final = (
    "UnsupportedUpstreamRegistryException: The specified upstream registry requires "
    "authentication. Specify a valid Secrets Manager ARN"
)
_LIMIT: Final = (
    "LimitExceededException: The operation did not succeed because it would have exceeded a "
    "service limit for your account."
)


class _Home(NamedTuple):
    account: str | None
    region: str | None


def problems(
    document: Any, *, account: str | None = None, region: str | None = None
) -> Iterator[Problem]:
    """Everything that cache rules have against them, of a registry as far as it is known."""
    rules = document.get(_LIST) if isinstance(document, dict) else None
    if not isinstance(rules, list):
        return
    most = quotas.PULL_THROUGH_CACHE_RULES.value
    if len(rules) > most:
        message = f"a registry has {most} pull through cache rules at most, not {len(rules)}"
        yield Problem("too-many-rules", f"/{_LIST}", message, "delete some", _LIMIT)
    yield from duplicate_prefixes(_LIST, "ecrRepositoryPrefix", rules, _LENGTHS, _EXISTS)
    for index, rule in enumerate(rules):
        if isinstance(rule, dict):
            yield from _rule(f"/{_LIST}/{index}", rule, _Home(account, region))


def _rule(place: str, rule: Mapping[str, Any], home: _Home) -> Iterator[Problem]:
    for name in _PREFIXES:
        if isinstance(prefix := rule.get(name), str):
            yield from prefix_problems(f"{place}/{name}", prefix, _LENGTHS)
    upstream_prefix = rule.get("upstreamRepositoryPrefix")
    is_other = isinstance(upstream_prefix, str) and upstream_prefix != ROOT
    if is_other and rule.get("ecrRepositoryPrefix") == ROOT:
        message = "a rule for `ROOT` takes no `upstreamRepositoryPrefix`"
        at = f"{place}/upstreamRepositoryPrefix"
        yield Problem("upstream-prefix-with-root", at, message, "delete it, or name a prefix")
    if isinstance(account := rule.get("registryId"), str):
        yield from _account(f"{place}/registryId", account, home)
    yield from role_problems(f"{place}/customRoleArn", rule.get("customRoleArn"), home.account)
    if isinstance(credential := rule.get("credentialArn"), str):
        yield from _credential(f"{place}/credentialArn", credential, home)
    url = rule.get("upstreamRegistryUrl")
    if isinstance(url, str):
        yield from _upstream(place, rule, url, home)


def _account(place: str, account: str, home: _Home) -> Iterator[Problem]:
    """The registry that a rule is of, as the service prints it."""
    if not is_account(account):
        message = f"`{printable(account)[:80]}` is no account"
        text = no_match(parameter_path(place), "[0-9]{12}")
        yield Problem("malformed-account", place, message, "give its twelve digits", text)
    elif home.account not in (None, account):
        message = f"the rule is of the registry `{account}`, not of `{home.account}`"
        yield Problem("registry-elsewhere", place, message, "give the rules of one registry alone")


def _upstream(place: str, rule: Mapping[str, Any], url: str, home: _Home) -> Iterator[Problem]:
    upstream = upstream_of(url)
    if upstream is None:
        known = ", ".join(f"`{host}`" for host in KNOWN_HOSTS)
        message = f"`{printable(url)[:80]}` is no registry that can be cached"
        at = f"{place}/upstreamRegistryUrl"
        yield Problem("unsupported-upstream", at, message, f"known are {known}", _UNSUPPORTED)
        return
    named = rule.get("upstreamRegistry")
    if named in tuple(UpstreamRegistry) and named != upstream.registry:
        message = f"`{printable(url)[:80]}` is `{upstream.registry}`, not `{named}`"
        at = f"{place}/upstreamRegistry"
        yield Problem("upstream-and-url", at, message, f"write `{upstream.registry}`")
    if upstream.registry in NEEDS_SECRET and "credentialArn" not in rule:
        message = f"`{upstream.registry}` asks for a user name and a token"
        advice = "add the `credentialArn` of a secret named `ecr-pullthroughcache/…`"
        yield Problem("credential-needed", place, message, advice, _AUTHENTICATION)
    given = rule.get("credentialArn", UNKNOWN)
    if upstream.registry not in NEEDS_SECRET and given is not UNKNOWN:
        message = f"`{upstream.registry}` takes no credential"
        yield Problem("credential-not-taken", f"{place}/credentialArn", message, "delete it")
    is_other = home.account is not None and upstream.account not in (None, home.account)
    if is_other and "customRoleArn" not in rule:
        message = f"the account `{upstream.account}` is another one: a role must be named"
        yield Problem("role-needed", place, message, "add a `customRoleArn`")


def _credential(place: str, credential: str, home: _Home) -> Iterator[Problem]:
    """A secret for the cache stands beside the registry."""
    least, most = quotas.CREDENTIAL_MIN_CHARACTERS, quotas.CREDENTIAL_MAX_CHARACTERS
    if not (least <= len(credential) <= most and _CREDENTIAL.fullmatch(credential)):
        message = f"`{printable(credential)[:80]}` is no secret for a pull through cache"
        advice = "give the ARN of a secret whose name starts with `ecr-pullthroughcache/`"
        text = no_match(parameter_path(place), _CREDENTIAL_PATTERN)
        yield Problem("malformed-credential", place, message, advice, text)
        return
    arn = Arn.read(credential)
    if arn is not None and not _is_here(arn, home):
        message = f"the secret is in `{arn.account}` `{arn.region}`, not where the registry is"
        yield Problem("credential-elsewhere", place, message, "store it beside the registry")


def _is_here(arn: Arn, home: _Home) -> bool:
    return home.account in (None, arn.account) and home.region in (None, arn.region)
