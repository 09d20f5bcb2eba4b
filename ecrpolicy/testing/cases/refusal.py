"""Cases about policies that the service refuses, and near misses that it accepts."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ecrpolicy import iam, lifecycle
from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.finding import Finding
from ecrpolicy.lint.kind import Kind
from ecrpolicy.sources.files import text_of
from ecrpolicy.testing.cases import wire
from ecrpolicy.testing.cases.case import Mismatch
from ecrpolicy.testing.cases.images import file_of
from ecrpolicy.testing.cases.place import Place
from ecrpolicy.wording import printable


@dataclass(frozen=True, slots=True)
class Problem:
    """A place that is wrong, and what the service says of it, None where that is not known."""

    pointer: str
    service_text: str | None = None
    is_prefix: bool = False

    def is_told(self, findings: Sequence[Finding]) -> bool:
        """Whether a finding about the place has the service's text."""
        wanted = self.service_text
        texts = [
            each.service_text or "" for each in findings if each.location.pointer == self.pointer
        ]
        if wanted is None:
            return bool(texts)
        return any(text.startswith(wanted) if self.is_prefix else text == wanted for text in texts)


@dataclass(frozen=True, slots=True)
class RefusalCase:
    """The text of a policy, and all that is wrong with it: nothing, where it is accepted."""

    name: str
    text: str
    kind: Kind
    problems: tuple[Problem, ...]

    def findings(self) -> tuple[Finding, ...]:
        """What this library finds wrong."""
        try:
            if self.kind is Kind.LIFECYCLE:
                lifecycle.parse(self.text)
            else:
                iam.parse(self.text, kind=iam.Kind(self.kind.value))
        except EcrPolicyError as error:
            return error.findings
        return ()

    def explain(self) -> str:
        """What is found wrong, in lines."""
        lines = [printable(str(each)) for each in self.findings()]
        return "\n".join(lines) or "the policy is accepted"

    def check(self) -> Mismatch | None:
        """How it is not as expected; None where it is."""
        findings = self.findings()
        lines = tuple(map(printable, self._lines(findings)))
        if not lines:
            return None
        found = [_to_json(each) for each in findings]
        expected = [
            {"pointer": each.pointer, "serviceText": each.service_text} for each in self.problems
        ]
        return Mismatch(lines, {"expected": expected, "found": found})

    def _lines(self, findings: Sequence[Finding]) -> Iterator[str]:
        for problem in self.problems:
            if not problem.is_told(findings):
                yield f"- {_where(problem.pointer)}: {_wanted(problem)}"
                yield from (
                    f"+ {_where(each.location.pointer)}: {_said(each)}"
                    for each in findings
                    if each.location.pointer == problem.pointer
                )
        known = {problem.pointer for problem in self.problems}
        for each in findings:
            if each.location.pointer not in known:
                yield f"+ {_where(each.location.pointer)}: {_said(each)}"
        if self.problems and not findings:
            yield "+ the policy is accepted"


def _where(pointer: str) -> str:
    return f"at `{pointer}`" if pointer else "the whole"


def _wanted(problem: Problem) -> str:
    if problem.service_text is None:
        return "is refused"
    begins = "begins" if problem.is_prefix else "says"
    return f"the service {begins} `{problem.service_text}`"


def _said(finding: Finding) -> str:
    text = f"; the service says `{finding.service_text}`" if finding.service_text else ""
    return f"{finding.message}{text}"


def _to_json(finding: Finding) -> dict[str, Any]:
    return {
        "pointer": finding.location.pointer,
        "message": finding.message,
        "serviceText": finding.service_text,
    }


def read(place: Place, name: str) -> RefusalCase:
    """The case that stands at a place; raises EcrPolicyError with every complaint, located."""
    said = wire.validated(wire.Refusal, place)
    if (said.text is None) is ("policy" not in said.model_fields_set):
        raise place.refusal("either `policy` or `text` is what is judged", "give one of the two")
    text = _text(said.policy, place.below("policy")) if said.text is None else said.text
    problems = tuple(
        Problem(each.pointer, each.service_text, each.service_text_is_prefix)
        for each in said.problems
    )
    return RefusalCase(name, text.ljust(said.pad_to), said.kind, problems)


def _text(policy: Any, place: Place) -> str:
    """The text of a policy that stands there, or of the file that is named."""
    return text_of(file_of(policy, place)) if isinstance(policy, str) else json.dumps(policy)
