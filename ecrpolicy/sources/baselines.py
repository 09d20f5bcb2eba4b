"""Baselines of the linter, from their files."""

from collections import Counter

from pydantic import BaseModel, StrictInt, StrictStr

from ecrpolicy import document
from ecrpolicy.document.shape import Problem, misfits, refusal
from ecrpolicy.lint.baseline import VERSION, Baseline, Entry


class _Model(BaseModel, frozen=True, extra="forbid"):
    """An object of a baseline."""


class _Entry(_Model, frozen=True):
    file: StrictStr
    rule: StrictStr
    document: StrictStr
    pointer: StrictStr
    fingerprint: StrictStr


class _Baseline(_Model, frozen=True):
    version: StrictInt
    findings: tuple[_Entry, ...]


def parse_baseline(source: str | bytes, *, file: str | None = None) -> Baseline:
    """A baseline of a text; raises EcrPolicyError with all that is wrong with it."""
    read = document.read(source, file=file)
    problems = [each.problem for each in misfits(_Baseline, read.value)]
    if not problems and read.value["version"] != VERSION:
        message = f"the version of a baseline is {VERSION}, not {read.value['version']}"
        problems = [Problem("not-a-baseline", "/version", message, "write it anew")]
    if problems:
        raise refusal(read, problems)
    held = _Baseline.model_validate(read.value)
    return Baseline(Counter(Entry(**each.model_dump()) for each in held.findings))
