"""An expression that a tool fills in: the reader's own tests say which."""

from inspect import cleandoc

from ecrpolicy import lint
from ecrpolicy.lint.found import SourceText
from ecrpolicy.sources.lintable import read


def test_the_reader_tells_it_under_this_name() -> None:
    rule = lint.find("template-expression")
    [found] = read(SourceText("a.json", cleandoc(rule.trips))).misread
    assert found.rule == rule.name
    assert read(SourceText("a.json", cleandoc(rule.passes))).misread == ()
