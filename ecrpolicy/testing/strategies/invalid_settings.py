"""Replication and scanning configurations that the service would refuse for one reason."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ecrpolicy import quotas
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
from ecrpolicy.testing.strategies.options import check_home

_MALFORMED: Final = ("Web", "web*", "-/a", "we b")


def text_of(length: int) -> str:
    """A text of letters, of a length."""
    return "a" * length


def invalid_replication_configurations(
    *,
    account: str | None = None,
    region: str | None = None,
    rules: Sequence[str] | None = None,
) -> SearchStrategy[Invalid]:
    """Documents of replication configurations with one fault; with `rules`, with one of these.

    With the `account` and the `region` of the registry, which must then be given when they are
    parsed, a destination may be that registry, or in another partition. Shrinks to one rule.
    """
    check_home(account, region)
    return invalid(_Replication(account, region).breakages(), rules)


def invalid_scanning_configurations(
    *, rules: Sequence[str] | None = None
) -> SearchStrategy[Invalid]:
    """Documents of scanning configurations with one fault; with `rules`, with one of these.

    Shrinks to one rule, or two where the fault takes two.
    """
    return invalid(_SCANNING, rules)


class _Replication:
    """Breaks one rule of replication configurations of a registry."""

    def __init__(self, account: str | None, region: str | None) -> None:
        self._account, self._region = account, region
        home = (account, region)
        partition = PARTITIONS[region] if region else "aws"
        self._regions = [each for each in PARTITIONS if PARTITIONS[each] == partition]
        # An account that is not the registry's, so that any Region will do.
        self._other = next(each for each in ("111122223333", "444455556666") if each not in home)

    def breakages(self) -> Mapping[str, Sequence[Breakage]]:
        found: dict[str, Sequence[Breakage]] = {
            "missing-member": (self._missing, _missing_rules),
            "unknown-member": (self._unknown,),
            "wrong-type": (self._wrong_type,),
            "not-in-enum": (self._not_in_enum,),
            "too-many-rules": (self._too_many_rules,),
            "too-many-destinations": (self._too_many_unique, self._too_many_of_rule),
            "malformed-account": (self._malformed_account,),
            "unknown-region": (self._unknown_region,),
            "too-many-filters": (self._too_many_filters,),
            "empty-list": (self._empty_list,),
            "filter-length": (self._filter_length,),
            "malformed-filter": (self._malformed_filter,),
        }
        if self._region is not None:
            found["other-partition"] = (self._other_partition,)
        if self._region is not None and self._account is not None:
            found["own-registry"] = (self._own_registry,)
        return found

    def _destination(self, **changed: Any) -> Json:
        return {"region": self._regions[0], "registryId": self._other} | changed

    def _rule(self, **changed: Any) -> Json:
        return {"destinations": [self._destination()]} | changed

    def _broken(self, draw: DrawFn, made: Json, rule: str, place: str) -> Invalid:
        others = draw(st.lists(st.just(self._rule()), max_size=2))
        several, start = inserted(draw, others, [made])
        return Invalid({"rules": several}, rule, f"/rules/{start}{place}")

    def _filters(self, draw: DrawFn, text: str, rule: str) -> Invalid:
        good = draw(st.lists(st.just(_replication_filter("web")), max_size=2))
        made = self._rule(repositoryFilters=[*good, _replication_filter(text)])
        return self._broken(draw, made, rule, f"/repositoryFilters/{len(good)}/filter")

    def _missing(self, draw: DrawFn) -> Invalid:
        name = pick(draw, ("region", "registryId"))
        destination = self._destination()
        del destination[name]
        made, place = pick(
            draw,
            (
                ({}, ""),
                (self._rule(destinations=[destination]), "/destinations/0"),
                (self._rule(deleteReplication={}), "/deleteReplication"),
            ),
        )
        return self._broken(draw, made, "missing-member", place)

    def _unknown(self, draw: DrawFn) -> Invalid:
        name = pick(draw, ("unknown", "filters", "Region"))
        made, place = pick(
            draw,
            (
                (self._rule(**{name: 1}), ""),
                (self._rule(destinations=[self._destination(**{name: 1})]), "/destinations/0"),
            ),
        )
        return self._broken(draw, made, "unknown-member", f"{place}/{name}")

    def _wrong_type(self, draw: DrawFn) -> Invalid:
        name, wanted = pick(
            draw,
            (
                ("destinations", "array"),
                ("repositoryFilters", "array"),
                ("deleteReplication", "object"),
            ),
        )
        made = self._rule(**{name: pick(draw, WRONG[wanted])})
        return self._broken(draw, made, "wrong-type", f"/{name}")

    def _not_in_enum(self, draw: DrawFn) -> Invalid:
        kind = pick(draw, ("PREFIX", "prefix_match", ""))
        made = self._rule(repositoryFilters=[{"filter": "web", "filterType": kind}])
        return self._broken(draw, made, "not-in-enum", "/repositoryFilters/0/filterType")

    def _too_many_rules(self, draw: DrawFn) -> Invalid:
        most = quotas.REPLICATION_MAX_RULES
        rules = [self._rule()] * draw(st.integers(most + 1, most + 5))
        return Invalid({"rules": rules}, "too-many-rules", "/rules")

    def _too_many_unique(self, draw: DrawFn) -> Invalid:
        most = quotas.REPLICATION_MAX_DESTINATIONS
        number = draw(st.integers(most + 1, most + 5))
        accounts = [f"{each:012}" for each in range(number + 1)]
        destinations = [
            self._destination(registryId=each) for each in accounts if each != self._account
        ][:number]
        made = {"rules": [self._rule(destinations=destinations)]}
        return Invalid(made, "too-many-destinations", "/rules")

    def _too_many_of_rule(self, draw: DrawFn) -> Invalid:
        most = quotas.REPLICATION_MAX_DESTINATIONS_OF_RULE
        number = draw(st.integers(most + 1, most + 5))
        made = self._rule(destinations=[self._destination()] * number)
        return self._broken(draw, made, "too-many-destinations", "/destinations")

    def _malformed_account(self, draw: DrawFn) -> Invalid:
        account = pick(draw, ("1", "", "11112222333a", "1111222233334"))
        made = self._rule(destinations=[self._destination(registryId=account)])
        return self._broken(draw, made, "malformed-account", "/destinations/0/registryId")

    def _unknown_region(self, draw: DrawFn) -> Invalid:
        made = self._rule(
            destinations=[self._destination(region=pick(draw, ("us-east-9", "", "US-EAST-1")))]
        )
        return self._broken(draw, made, "unknown-region", "/destinations/0/region")

    def _too_many_filters(self, draw: DrawFn) -> Invalid:
        number = draw(st.integers(quotas.REPLICATION_MAX_FILTERS + 1, 110))
        made = self._rule(repositoryFilters=[_replication_filter("web")] * number)
        return self._broken(draw, made, "too-many-filters", "/repositoryFilters")

    def _empty_list(self, draw: DrawFn) -> Invalid:
        made = self._rule(repositoryFilters=[])
        return self._broken(draw, made, "empty-list", "/repositoryFilters")

    def _filter_length(self, draw: DrawFn) -> Invalid:
        lengths = (1, 0, quotas.REPLICATION_FILTER_MAX_CHARACTERS + 1)
        return self._filters(draw, text_of(pick(draw, lengths)), "filter-length")

    def _malformed_filter(self, draw: DrawFn) -> Invalid:
        return self._filters(draw, pick(draw, _MALFORMED), "malformed-filter")

    def _other_partition(self, draw: DrawFn) -> Invalid:
        region = pick(draw, [each for each in PARTITIONS if each not in self._regions])
        made = self._rule(destinations=[self._destination(region=region)])
        return self._broken(draw, made, "other-partition", "/destinations/0/region")

    def _own_registry(self, draw: DrawFn) -> Invalid:
        own = self._destination(region=self._region, registryId=self._account)
        made = self._rule(destinations=pick(draw, ([own], [self._destination(), own])))
        place = f"/destinations/{len(made['destinations']) - 1}"
        return self._broken(draw, made, "own-registry", place)


def _missing_rules(draw: DrawFn) -> Invalid:
    return Invalid(draw(st.just({})), "missing-member", "")


def _replication_filter(text: str) -> Json:
    return {"filter": text, "filterType": "PREFIX_MATCH"}


# Scanning


def _scanning_filter(text: str) -> Json:
    return {"filter": text, "filterType": "WILDCARD"}


def _scanning_rule(frequency: str = "SCAN_ON_PUSH", filters: Any = None) -> Json:
    held = [_scanning_filter("*")] if filters is None else filters
    return {"scanFrequency": frequency, "repositoryFilters": held}


def _scanning(draw: DrawFn, made: Any, rule: str, place: str) -> Invalid:
    """A configuration with the rule, before or behind one of the other frequency."""
    scan_type, other = pick(draw, (("BASIC", "MANUAL"), ("ENHANCED", "CONTINUOUS_SCAN")))
    others = draw(st.lists(st.just(_scanning_rule(other)), max_size=1))
    several, start = inserted(draw, others, [made])
    return Invalid({"scanType": scan_type, "rules": several}, rule, f"/rules/{start}{place}")


def _scanning_missing(draw: DrawFn) -> Invalid:
    made = _scanning_rule()
    del made[pick(draw, ("scanFrequency", "repositoryFilters"))]
    return _scanning(draw, made, "missing-member", "")


def _scanning_unknown(draw: DrawFn) -> Invalid:
    name = pick(draw, ("unknown", "filters", "scanType"))
    return _scanning(draw, _scanning_rule() | {name: 1}, "unknown-member", f"/{name}")


def _scanning_wrong_type(draw: DrawFn) -> Invalid:
    name, wanted = pick(draw, (("scanFrequency", "string"), ("repositoryFilters", "array")))
    made = _scanning_rule() | {name: pick(draw, WRONG[wanted])}
    return _scanning(draw, made, "wrong-type", f"/{name}")


def _scanning_not_in_enum(draw: DrawFn) -> Invalid:
    made = _scanning_rule(pick(draw, ("ON_PUSH", "manual", "")))
    return _scanning(draw, made, "not-in-enum", "/scanFrequency")


def _scan_type_not_in_enum(draw: DrawFn) -> Invalid:
    made = {"scanType": pick(draw, ("basic", "FULL", "")), "rules": [_scanning_rule()]}
    return Invalid(made, "not-in-enum", "/scanType")


def _duplicate_frequency(draw: DrawFn) -> Invalid:
    rules = [_scanning_rule(), _scanning_rule(filters=[_scanning_filter("web")])]
    made = {"scanType": pick(draw, ("BASIC", "ENHANCED")), "rules": rules}
    return Invalid(made, "duplicate-frequency", "/rules/1/scanFrequency")


def _frequency_and_type(draw: DrawFn) -> Invalid:
    scan_type, frequency = pick(draw, (("BASIC", "CONTINUOUS_SCAN"), ("ENHANCED", "MANUAL")))
    others = draw(st.lists(st.just(_scanning_rule()), max_size=1))
    several, start = inserted(draw, others, [_scanning_rule(frequency)])
    made = {"scanType": scan_type, "rules": several}
    return Invalid(made, "frequency-and-type", f"/rules/{start}/scanFrequency")


def _scanning_too_many_filters(draw: DrawFn) -> Invalid:
    number = draw(st.integers(quotas.SCANNING_MAX_FILTERS + 1, 110))
    made = _scanning_rule(filters=[_scanning_filter("*")] * number)
    return _scanning(draw, made, "too-many-filters", "/repositoryFilters")


def _scanning_filters(rule: str, texts: Sequence[str]) -> Breakage:
    def broken(draw: DrawFn) -> Invalid:
        good = draw(st.lists(st.just(_scanning_filter("*")), max_size=2))
        made = _scanning_rule(filters=[*good, _scanning_filter(pick(draw, texts))])
        return _scanning(draw, made, rule, f"/repositoryFilters/{len(good)}/filter")

    return broken


_TOO_LONG: Final = text_of(quotas.SCANNING_FILTER_MAX_CHARACTERS + 1)
_SCANNING: Final[Mapping[str, Sequence[Breakage]]] = {
    "missing-member": (_scanning_missing,),
    "unknown-member": (_scanning_unknown,),
    "wrong-type": (_scanning_wrong_type,),
    "not-in-enum": (_scanning_not_in_enum, _scan_type_not_in_enum),
    "duplicate-frequency": (_duplicate_frequency,),
    "frequency-and-type": (_frequency_and_type,),
    "too-many-filters": (_scanning_too_many_filters,),
    "filter-length": (_scanning_filters("filter-length", ("", _TOO_LONG)),),
    "malformed-filter": (
        _scanning_filters("malformed-filter", ("Web", "-web", "web/", "a..b", "a b")),
    ),
}
