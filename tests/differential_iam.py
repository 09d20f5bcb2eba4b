"""Holds the decisions about requests against the reference, over many random cases.

    python -m tests.differential_iam --cases 20000 --seed 1 --jobs 2

Each case is a request and all the policies around it, decided by both; what `explain` tells must
lead to the same decision. The first disagreement is printed as JSON, and the exit status is then
1; in a run of `ENOUGH` cases it is 1 as well where a path of the reference was never reached.

A case depends on the seed and its own number alone: `--first 1234 --cases 1` runs it again.
"""

import sys
from collections import Counter
from random import Random
from typing import Any

from ecrpolicy import iam
from ecrpolicy.iam import Decision, Kind
from ecrpolicy.iam.explain import Explanation
from tests.campaign import Campaign
from tests.iam_cases import asked, given, random_case
from tests.reference import iam as reference

Json = dict[str, Any]

# Paths that no policy leads to which the library has read, and why.
REFUSED_BY_PARSING = {
    "operator-unknown": "an operator that does not exist is a problem",
    "principal-absent-matches-nobody": "every statement of a resource's policy has a principal",
}
GOALS = (
    *sorted(reference.PATHS - REFUSED_BY_PARSING.keys()),
    *("ALLOW", "EXPLICIT_DENY", "IMPLICIT_DENY"),
    *(f"decided by {kind}" for kind in Kind),
)
ENOUGH = 20_000


def compare(seed: int, number: int, reached: Counter[str]) -> Json | None:
    """Run one case; the disagreement, where there is one."""
    case = random_case(Random(f"{seed}/{number}"))
    theirs = reference.decide(case)
    told = {**case, "path": sorted(theirs.path)}
    expected = {"effect": theirs.effect, "decidedBy": sorted(theirs.decided_by)}
    reached.update(theirs.path)
    reached[theirs.effect] += 1
    reached.update(f"decided by {kind}" for kind in theirs.decided_by)
    try:
        decision = iam.authorize(asked(case), given(case))
        found = outcome(decision)
        contradiction = contradicted(decision, decision.explain())
    except Exception as error:  # any error at all is a disagreement
        return {**told, "error": repr(error), "reference": expected}
    if found != expected:
        return {**told, "ours": found, "reference": expected}
    if contradiction is not None:
        return {**told, "ours": found, "explanation": contradiction}
    return None


def outcome(decision: Decision) -> Json:
    """What the reference says of a request, too."""
    return {"effect": decision.effect.value, "decidedBy": sorted(decision.decided_by)}


def contradicted(decision: Decision, explanation: Explanation) -> str | None:
    """What an explanation says of the policies that does not lead to its decision, if anything."""
    policies = explanation.policies
    allowing = {policy.kind for policy in policies if policy.allows}
    denying = {policy.kind for policy in policies if policy.denies}
    deciding = set(decision.decided_by)
    if (explanation.effect, explanation.decided_by) != (decision.effect, decision.decided_by):
        return "it is of another decision"
    if any((policy.not_binding is None) != bool(policy.statements) for policy in policies):
        return "a policy has both statements and a reason why it does not bind, or neither"
    if denying:
        return None if deciding == denying else f"denying: {sorted(denying)}"
    if decision.allowed:
        return None if deciding <= allowing else f"allowing: {sorted(allowing)}"
    if decision.effect is iam.Effect.EXPLICIT_DENY:
        return "no policy denies"
    # What stops a request does not allow it; of SCPs, one level is enough for that.
    stopping = deciding - {Kind.SCP}
    return f"stops, and allows: {sorted(stopping & allowing)}" if stopping & allowing else None


CAMPAIGN = Campaign("tests.differential_iam", compare, GOALS, ENOUGH)
run_cases, main = CAMPAIGN.run_cases, CAMPAIGN.main

if __name__ == "__main__":
    sys.exit(main())
