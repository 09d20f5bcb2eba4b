"""What can become of an image, in the words of the legend."""

from collections.abc import Iterable

from ecrpolicy.lifecycle import Action, Rule
from ecrpolicy.render.report.model import Fate

_DOES = {Action.EXPIRE: "expires", Action.TRANSITION: "archives"}


def fates_of(rules: Iterable[Rule]) -> list[Fate]:
    """A fate for each rule, in their order."""
    return [Fate(_label(rule), goes=True) for rule in rules]


def _label(rule: Rule) -> str:
    told = f": {rule.description}" if rule.description else ""
    return f"rule {rule.rule_priority} {_DOES[rule.action.type]}{told}"
