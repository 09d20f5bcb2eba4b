"""A comment that silences a rule which finds nothing."""

from tests.lint.commented import found_in

RULE = "unused-ignore"


def test_a_rule_that_finds_nothing_there() -> None:
    assert found_in('# ecrpolicy: ignore[missing-effect]\npolicy = "{}"') == [
        (RULE, "1:21", "`missing-effect` finds nothing here; delete it from the comment")
    ]


def test_a_rule_that_finds_something_there() -> None:
    assert found_in("# ecrpolicy: ignore[missing-effect] why\nTRIPS") == []
    assert found_in("TRIPS # ecrpolicy: ignore[missing-effect, duplicate-key]") == [
        (RULE, "1:114", "`duplicate-key` finds nothing here; delete it from the comment")
    ]


def test_a_rule_that_is_not_looked_for() -> None:
    text = "# ecrpolicy: ignore[missing-effect]\n{}"
    assert found_in(text, ignore={"missing-effect"}) == []


def test_two_comments_about_the_same() -> None:
    text = "# ecrpolicy: ignore[missing-effect]\nTRIPS # ecrpolicy: ignore[missing-effect]"
    assert found_in(text) == []
