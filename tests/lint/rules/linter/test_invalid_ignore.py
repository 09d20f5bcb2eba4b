"""A comment that silences no rule that there is."""

from tests.lint.commented import found_in

RULE = "invalid-ignore"


def test_a_name_that_is_none() -> None:
    assert found_in("x = 1 # ecrpolicy: ignore[mising-effect]") == [
        (RULE, "1:27", "no rule is called `mising-effect`; write `missing-effect`")
    ]
    assert found_in("x = 1 # ecrpolicy: ignore[zzz]") == [
        (RULE, "1:27", "no rule is called `zzz`; `ecrpolicy rules` lists them")
    ]


def test_no_name_at_all() -> None:
    told = [(RULE, "1:7", "the comment does not say which rule it silences; name it: `[rule]`")]
    assert found_in("x = 1 # ecrpolicy: ignore") == told
    assert found_in("x = 1 # ecrpolicy: ignore[]") == told
    assert found_in("x = 1 # ecrpolicy: ignore missing-effect") == told


def test_what_is_no_comment() -> None:
    assert found_in("x = 1 # ecrpolicy ignore[zzz]") == []
    assert found_in("x#ecrpolicy: ignore[zzz]") == []
    assert found_in("# ecrpolicy: ignored[zzz]") == []


def test_a_family_is_a_name_too() -> None:
    assert found_in("# ecrpolicy: ignore[iam]\nTRIPS") == []
    assert found_in("# ecrpolicy: ignore[lifecycle]\nTRIPS")[0] == (
        "unused-ignore",
        "1:21",
        "`lifecycle` finds nothing here; delete it from the comment",
    )
