"""Cases about access: whether a caller may do something under IAM-style policies."""

from dataclasses import dataclass, replace

from ecrpolicy import iam
from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.render import iam_json, iam_text
from ecrpolicy.sources import iam_cases
from ecrpolicy.sources.iam_cases import EXPECTATIONS
from ecrpolicy.testing.cases.case import Mismatch
from ecrpolicy.testing.cases.place import Place, placed
from ecrpolicy.wording import printable


@dataclass(frozen=True, slots=True)
class AccessCase:
    """A request, its policies, and the answer that is expected."""

    name: str
    case: iam_cases.Case

    def explain(self) -> str:
        """The answer, and what it rests on."""
        if self.case.policies is None:
            findings = (f"  {printable(str(each))}" for each in self.case.refusal)
            return "\n".join(("a policy is refused", *findings))
        return iam_text.decision(iam.authorize(self.case.request, self.case.policies))

    def check(self) -> Mismatch | None:
        """How it is not as expected; None where it is."""
        if self.case.policies is None:
            return None
        decision = iam.authorize(self.case.request, self.case.policies)
        expected = str(self.case.expected)
        if decision.effect in EXPECTATIONS[expected]:
            return None
        answer, *others = iam_text.decision(decision).splitlines()
        details = {"expected": expected, **iam_json.decision(decision)}
        return Mismatch((f"- {expected}", f"+ {answer}", *others), details)


def read(place: Place, name: str, number: int, named: iam_cases.Named) -> AccessCase:
    """The case that stands at a place; raises EcrPolicyError with every complaint, located."""
    case = given(place, name, number, named)
    if case.expected is None:
        advice = 'give `"expected": {"effect": …}`'
        raise place.refusal("nothing is expected", advice)
    return AccessCase(name, case)


def given(place: Place, name: str, number: int, named: iam_cases.Named) -> iam_cases.Case:
    """The request and its policies, even if nothing is expected; raises EcrPolicyError."""
    try:
        case = iam_cases.Found(place.origin.held, place.path, number, named).read()
    except EcrPolicyError as error:
        raise placed(place.origin, error) from None
    return replace(case, name=name, refusal=tuple(map(place.origin.placed, case.refusal)))
