"""Cache rules and creation templates that the service would refuse for one reason."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ecrpolicy import quotas
from ecrpolicy.iam import Kind
from ecrpolicy.regions import PARTITIONS
from ecrpolicy.testing.strategies.invalid import (
    WRONG,
    Breakage,
    Invalid,
    Json,
    inserted,
    invalid,
    pick,
)
from ecrpolicy.testing.strategies.invalid_iam import invalid_iam_policies
from ecrpolicy.testing.strategies.invalid_lifecycle import invalid_lifecycle_policies
from ecrpolicy.testing.strategies.options import check_home

_RULES: Final = "pullThroughCacheRules"
_TEMPLATES: Final = "repositoryCreationTemplates"
_MALFORMED_PREFIXES: Final = ("Web", "web*", "-web", "Root", "a..b")
_TOO_LONG_ROLE: Final = "arn:aws:iam::111122223333:role/".ljust(quotas.ROLE_MAX_CHARACTERS + 1, "a")


def invalid_cache_rules(
    *,
    account: str | None = None,
    region: str | None = None,
    rules: Sequence[str] | None = None,
) -> SearchStrategy[Invalid]:
    """Lists of cache rules, as the AWS CLI prints them, with one fault; with `rules`, of these.

    With the `account` and the `region` of the registry, which must then be given when they are
    parsed, roles and secrets may be elsewhere. Shrinks to one rule, or two where it takes two.
    """
    check_home(account, region)
    return invalid(_CacheRules(account, region).breakages(), rules)


def invalid_repository_creation_templates(
    *, rules: Sequence[str] | None = None
) -> SearchStrategy[Invalid]:
    """Lists of templates, as the AWS CLI prints them, with one fault; with `rules`, of these.

    Policies in them have one of two faults: `any-not-last`, or `unsupported-resource`.
    Shrinks to one template, or two where it takes two.
    """
    return invalid(_OF_TEMPLATES, rules)


class _CacheRules:
    """Breaks one rule of the cache rules of a registry."""

    def __init__(self, account: str | None, region: str | None) -> None:
        self._account, self._region = account, region

    def breakages(self) -> Mapping[str, Sequence[Breakage]]:
        """What can be wrong, by the name of the finding."""
        found: dict[str, Sequence[Breakage]] = {
            "missing-member": (self._missing, _missing_list),
            "unknown-member": (self._member("unknown", "unknown-member", (1, "")),),
            "wrong-type": (
                self._member("ecrRepositoryPrefix", "wrong-type", WRONG["string"]),
                self._member("registryId", "wrong-type", (*WRONG["string"], None)),
                _rules_are_no_list,
            ),
            "not-in-enum": (self._member("upstreamRegistry", "not-in-enum", ("QUAY", "")),),
            "too-many-rules": (self._too_many,),
            "duplicate-prefix": (self._duplicate,),
            "prefix-length": (
                self._member("ecrRepositoryPrefix", "prefix-length", ("a", "", "a" * 31)),
                self._member("upstreamRepositoryPrefix", "prefix-length", ("a", "", "a" * 31)),
            ),
            "malformed-prefix": (
                self._member("ecrRepositoryPrefix", "malformed-prefix", _MALFORMED_PREFIXES),
                self._member("upstreamRepositoryPrefix", "malformed-prefix", _MALFORMED_PREFIXES),
            ),
            "upstream-prefix-with-root": (self._upstream_prefix_with_root,),
            "malformed-account": (
                self._member("registryId", "malformed-account", ("1", "", "11112222333a")),
            ),
            "role-length": (self._member("customRoleArn", "role-length", (_TOO_LONG_ROLE,)),),
            "malformed-credential": (
                self._member(
                    "credentialArn",
                    "malformed-credential",
                    ("web", "", self._secret("web"), self._secret("ecr-pullthroughcache/" * 40)),
                    upstreamRegistryUrl="ghcr.io",
                ),
            ),
            "unsupported-upstream": (
                self._member(
                    "upstreamRegistryUrl", "unsupported-upstream", ("example.com", "", "Quay.io")
                ),
            ),
            "upstream-and-url": (
                self._member("upstreamRegistry", "upstream-and-url", ("docker-hub", "ecr")),
            ),
            "credential-needed": (self._credential_needed,),
            "credential-not-taken": (
                self._member(
                    "credentialArn",
                    "credential-not-taken",
                    (self._secret("ecr-pullthroughcache/web"),),
                ),
            ),
        }
        if self._account is not None:
            found["role-elsewhere"] = (self._role_elsewhere,)
            found["role-needed"] = (self._role_needed,)
            found["registry-elsewhere"] = (
                self._member("registryId", "registry-elsewhere", (self._other_account(),)),
            )
        if self._account is not None or self._region is not None:
            found["credential-elsewhere"] = (self._credential_elsewhere,)
        return found

    def _secret(self, name: str, account: str | None = None, region: str | None = None) -> str:
        account = account or self._account or "111122223333"
        region = region or self._region or "us-east-1"
        return f"arn:{PARTITIONS[region]}:secretsmanager:{region}:{account}:secret:{name}"

    def _rule(self, **changed: Any) -> Json:
        return {"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io"} | changed

    def _broken(self, draw: DrawFn, new: Sequence[Json], rule: str, place: str) -> Invalid:
        """A list with new rules, of which the last has the fault."""
        other = self._rule(ecrRepositoryPrefix="other")
        others = draw(st.lists(st.just(other), max_size=1))
        several, start = inserted(draw, others, new)
        return Invalid({_RULES: several}, rule, f"/{_RULES}/{start + len(new) - 1}{place}")

    def _member(self, name: str, rule: str, values: Sequence[Any], **changed: Any) -> Breakage:
        def broken(draw: DrawFn) -> Invalid:
            made = self._rule(**(changed | {name: pick(draw, values)}))
            return self._broken(draw, [made], rule, f"/{name}")

        return broken

    def _missing(self, draw: DrawFn) -> Invalid:
        made = self._rule()
        del made[pick(draw, list(made))]
        return self._broken(draw, [made], "missing-member", "")

    def _too_many(self, draw: DrawFn) -> Invalid:
        most = quotas.PULL_THROUGH_CACHE_RULES.value
        number = draw(st.integers(most + 1, most + 5))
        several = [self._rule(ecrRepositoryPrefix=f"quay-{each}") for each in range(number)]
        return Invalid({_RULES: several}, "too-many-rules", f"/{_RULES}")

    def _duplicate(self, draw: DrawFn) -> Invalid:
        one, other = pick(draw, (("quay", "quay"), ("quay", "quay/"), ("ROOT", "ROOT")))
        made = [self._rule(ecrRepositoryPrefix=each) for each in (one, other)]
        return self._broken(draw, made, "duplicate-prefix", "/ecrRepositoryPrefix")

    def _upstream_prefix_with_root(self, draw: DrawFn) -> Invalid:
        prefix = pick(draw, ("team", "team/web"))
        made = self._rule(ecrRepositoryPrefix="ROOT", upstreamRepositoryPrefix=prefix)
        return self._broken(draw, [made], "upstream-prefix-with-root", "/upstreamRepositoryPrefix")

    def _credential_needed(self, draw: DrawFn) -> Invalid:
        hosts = ("ghcr.io", "registry-1.docker.io", "registry.gitlab.com", "cgr.dev")
        made = self._rule(upstreamRegistryUrl=pick(draw, (*hosts, "example.azurecr.io")))
        return self._broken(draw, [made], "credential-needed", "")

    def _other_account(self) -> str:
        accounts = ("111122223333", "444455556666")
        return next(each for each in accounts if each != self._account)

    def _role_elsewhere(self, draw: DrawFn) -> Invalid:
        name = pick(draw, ("cache", "team/cache"))
        role = f"arn:aws:iam::{self._other_account()}:role/{name}"
        return self._broken(
            draw, [self._rule(customRoleArn=role)], "role-elsewhere", "/customRoleArn"
        )

    def _role_needed(self, draw: DrawFn) -> Invalid:
        region = pick(draw, ("us-east-1", "eu-west-1"))
        url = f"{self._other_account()}.dkr.ecr.{region}.amazonaws.com"
        return self._broken(draw, [self._rule(upstreamRegistryUrl=url)], "role-needed", "")

    def _credential_elsewhere(self, draw: DrawFn) -> Invalid:
        name, places = "ecr-pullthroughcache/web", []
        if self._account is not None:
            places.append(self._secret(name, account=self._other_account()))
        if self._region is not None:
            other = next(each for each in PARTITIONS if each != self._region)
            places.append(self._secret(name, region=other))
        made = self._rule(upstreamRegistryUrl="ghcr.io", credentialArn=pick(draw, places))
        return self._broken(draw, [made], "credential-elsewhere", "/credentialArn")


def _missing_list(draw: DrawFn) -> Invalid:
    return Invalid(draw(st.just({})), "missing-member", "")


def _rules_are_no_list(draw: DrawFn) -> Invalid:
    return Invalid({_RULES: pick(draw, WRONG["array"])}, "wrong-type", f"/{_RULES}")


# Templates


def _template(**changed: Any) -> Json:
    return {"prefix": "web", "appliedFor": ["REPLICATION"]} | changed


def _broken(draw: DrawFn, new: Sequence[Json], rule: str, place: str) -> Invalid:
    """A list with new templates, of which the last has the fault."""
    others = draw(st.lists(st.just(_template(prefix="other")), max_size=1))
    several, start = inserted(draw, others, new)
    return Invalid({_TEMPLATES: several}, rule, f"/{_TEMPLATES}/{start + len(new) - 1}{place}")


def _member(name: str, rule: str, values: Sequence[Any], place: str = "") -> Breakage:
    def broken(draw: DrawFn) -> Invalid:
        made = _template(**{name: pick(draw, values)})
        return _broken(draw, [made], rule, f"/{name}{place}")

    return broken


def _missing(draw: DrawFn) -> Invalid:
    made = _template()
    del made[pick(draw, list(made))]
    return _broken(draw, [made], "missing-member", "")


def _templates_are_missing(draw: DrawFn) -> Invalid:
    return Invalid(draw(st.just({})), "missing-member", "")


def _duplicate_prefix(draw: DrawFn) -> Invalid:
    one, two = pick(draw, (("web", "web"), ("web", "web/"), ("ROOT", "ROOT")))
    made = [_template(prefix=one), _template(prefix=two)]
    return _broken(draw, made, "duplicate-prefix", "/prefix")


def _filters_needed(draw: DrawFn) -> Invalid:
    mutability = pick(draw, ("MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"))
    filters: Json = pick(draw, ({}, {_FILTERS: []}))
    made = _template(imageTagMutability=mutability, **filters)
    return _broken(draw, [made], "filters-needed", "")


def _exclusion(text: str) -> Json:
    return {"filter": text, "filterType": "WILDCARD"}


def _exclusions(rule: str, mutability: str | None, filters: Sequence[Any], place: str) -> Breakage:
    def broken(draw: DrawFn) -> Invalid:
        settings: Json = {} if mutability is None else {"imageTagMutability": mutability}
        made = _template(**{_FILTERS: pick(draw, filters)}, **settings)
        return _broken(draw, [made], rule, f"/{_FILTERS}{place}")

    return broken


def _tags(rule: str, tags: Sequence[Json], place: str) -> Breakage:
    def broken(draw: DrawFn) -> Invalid:
        held = [pick(draw, tags)]
        good = draw(st.lists(st.just({"Key": "env", "Value": ""}), max_size=1))
        made = _template(resourceTags=[*good, *held])
        return _broken(draw, [made], rule, f"/resourceTags/{len(good)}{place}")

    return broken


def _too_many_tags(draw: DrawFn) -> Invalid:
    number = draw(st.integers(quotas.RESOURCE_MAX_TAGS + 1, 60))
    tags = [{"Key": f"key-{each}", "Value": ""} for each in range(number)]
    return _broken(draw, [_template(resourceTags=tags)], "too-many-tags", "/resourceTags")


def _duplicate_tag(draw: DrawFn) -> Invalid:
    values = pick(draw, (("", ""), ("a", "b")))
    made = _template(resourceTags=[{"Key": "env", "Value": each} for each in values])
    return _broken(draw, [made], "duplicate-tag", "/resourceTags/1/Key")


def _encryption(rule: str, keys: Sequence[str], kind: str = "KMS") -> Breakage:
    def broken(draw: DrawFn) -> Invalid:
        held = {"encryptionType": kind, "kmsKey": pick(draw, keys)}
        made = _template(encryptionConfiguration=held)
        return _broken(draw, [made], rule, "/encryptionConfiguration/kmsKey")

    return broken


def _lifecycle_policy(draw: DrawFn) -> Invalid:
    found = draw(invalid_lifecycle_policies(rules=["any-not-last"]))
    made = _template(lifecyclePolicy=json.dumps(found.document))
    return _broken(draw, [made], found.rule, "/lifecyclePolicy")


def _repository_policy(draw: DrawFn) -> Invalid:
    found = draw(invalid_iam_policies(kind=Kind.REPOSITORY, rules=["unsupported-resource"]))
    made = _template(repositoryPolicy=json.dumps(found.document))
    return _broken(draw, [made], found.rule, "/repositoryPolicy")


_FILTERS: Final = "imageTagMutabilityExclusionFilters"
_KEY: Final = "arn:aws:kms:us-east-1:111122223333:key/"
_LONG_TAG: Final = quotas.RESOURCE_TAG_KEY_MAX_CHARACTERS + 1
_LONG_VALUE: Final = quotas.RESOURCE_TAG_VALUE_MAX_CHARACTERS + 1
_EXCLUDING: Final = "MUTABLE_WITH_EXCLUSION"
_OF_TEMPLATES: Final[Mapping[str, Sequence[Breakage]]] = {
    "missing-member": (_missing, _templates_are_missing),
    "unknown-member": (_member("unknown", "unknown-member", (1, "")),),
    "wrong-type": (
        _member("prefix", "wrong-type", WRONG["string"]),
        _member("appliedFor", "wrong-type", WRONG["array"]),
        _member("description", "wrong-type", (*WRONG["string"], None)),
    ),
    "not-in-enum": (_member("appliedFor", "not-in-enum", (["PULL"], [""]), "/0"),),
    "duplicate-prefix": (_duplicate_prefix,),
    "prefix-length": (_member("prefix", "prefix-length", ("", "a" * 257)),),
    "malformed-prefix": (_member("prefix", "malformed-prefix", _MALFORMED_PREFIXES),),
    "no-cause": (_member("appliedFor", "no-cause", ([],)),),
    "filters-needed": (_filters_needed,),
    "filters-not-taken": (
        _exclusions("filters-not-taken", "IMMUTABLE", ([_exclusion("v*")],), ""),
        _exclusions("filters-not-taken", None, ([_exclusion("v*")],), ""),
    ),
    "empty-list": (_exclusions("empty-list", "MUTABLE", ([],), ""),),
    "too-many-exclusion-filters": (
        _exclusions("too-many-exclusion-filters", _EXCLUDING, ([_exclusion("v*")] * 6,), ""),
    ),
    "malformed-exclusion-filter": (
        _exclusions(
            "malformed-exclusion-filter",
            _EXCLUDING,
            [[_exclusion(text)] for text in ("", "a b", "*a*b*", "a" * 129)],
            "/0/filter",
        ),
    ),
    "description-length": (_member("description", "description-length", ("a" * 257,)),),
    "role-length": (_member("customRoleArn", "role-length", (_TOO_LONG_ROLE,)),),
    "kms-key-without-kms": (_encryption("kms-key-without-kms", (f"{_KEY}1",), "AES256"),),
    "kms-key-length": (_encryption("kms-key-length", (_KEY.ljust(2049, "a"),)),),
    "malformed-kms-key": (_encryption("malformed-kms-key", ("1", f"{_KEY}A")),),
    "too-many-tags": (_too_many_tags,),
    "duplicate-tag": (_duplicate_tag,),
    "reserved-tag": (
        _tags(
            "reserved-tag", ({"Key": "aws:a", "Value": ""}, {"Key": "AWS:", "Value": ""}), "/Key"
        ),
        _tags("reserved-tag", ({"Key": "a", "Value": "aws:a"},), "/Value"),
    ),
    "tag-length": (
        _tags(
            "tag-length", ({"Key": "", "Value": ""}, {"Key": "a" * _LONG_TAG, "Value": ""}), "/Key"
        ),
        _tags("tag-length", ({"Key": "a", "Value": "a" * _LONG_VALUE},), "/Value"),
    ),
    "tag-characters": (
        _tags("tag-characters", ({"Key": "a?", "Value": ""},), "/Key"),
        _tags("tag-characters", ({"Key": "a", "Value": "*"},), "/Value"),
    ),
    "any-not-last": (_lifecycle_policy,),
    "unsupported-resource": (_repository_policy,),
}
