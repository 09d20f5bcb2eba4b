"""A baseline: the findings that a project lives with, so that only new ones are told.

An entry names the file, the rule, the document, the place in it and what was said, and no line.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ecrpolicy.lint.engine import LintFinding

VERSION: Final = 1


class Entry(NamedTuple):
    """A finding that is known."""

    file: str
    rule: str
    document: str
    pointer: str
    fingerprint: str


def entry_of(found: LintFinding, file: str) -> Entry:
    """The entry of a finding; `file` is its file's path as the baseline has it."""
    return Entry(file, found.rule, found.document, found.pointer, found.fingerprint)


@dataclass
class Baseline:
    """The entries that have not been met yet; each stands for one finding."""

    left: Counter[Entry] = field(default_factory=Counter)

    def knows(self, found: LintFinding, file: str) -> bool:
        """Whether a finding is known; the entry has then been met."""
        entry = entry_of(found, file)
        if not self.left[entry]:
            return False
        self.left[entry] -= 1
        return True

    def stale(self, is_gone: Callable[[str], bool]) -> list[Entry]:
        """The entries that nothing was found for, of the files that `is_gone` says of."""
        return sorted(entry for entry in (+self.left).elements() if is_gone(entry.file))


def written(entries: Iterable[Entry]) -> str:
    """The text of a baseline.

    >>> print(written([Entry("a.json", "missing-effect", "", "/Statement/0", "00")]), end="")
    {
      "version": 1,
      "findings": [
        {"file": "a.json", "rule": "missing-effect", ... "fingerprint": "00"}
      ]
    }
    """
    lines = [f"    {json.dumps(entry._asdict(), ensure_ascii=False)}" for entry in sorted(entries)]
    body = "\n" + ",\n".join(lines) + "\n  " if lines else ""
    return f'{{\n  "version": {VERSION},\n  "findings": [{body}]\n}}\n'
