"""Names as an attacker would choose them: to steer a terminal, or to be taken for markup."""

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Preview
from ecrpolicy.snapshot import Repository
from tests.builders import NOW, any_image, count, image, prefixes, rule

# Clears a screen, sets a title, overwrites a line, turns text round.
CONTROLS = ("\x1b[2J", "\x1b]0;title\x07", "\r", "\x08", "\x00", "\x9b31m", "\u202e", "\u2028")
MARKUP = ("<script>alert(1)</script>", "[red]x[/red]", "a|b", "`x`", "**x**", "![x](y)", ":bomb:")
HOSTILE = (*CONTROLS, *MARKUP)


def preview(name: str) -> Preview:
    """A preview in which the repository, two tags, a description and a prefix bear a name.

    The image `a` goes, `b` stays.
    """
    policy = lifecycle.parse(
        {
            "rules": [
                rule(prefixes(name) | count(1), priority=1, description=name),
                rule(any_image() | count(5), priority=2),
            ]
        }
    )
    images = (image("a", f"{name}1", days=2), image("b", f"{name}2", days=1))
    return lifecycle.evaluate(policy, Repository(name, images), now=NOW)
