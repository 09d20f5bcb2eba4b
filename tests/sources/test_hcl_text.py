"""HCL as text. What strings and heredocs mean was checked with `terraform console`, 1.11."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.lint.found import Span
from ecrpolicy.sources.hcl_text import NotHcl, skeleton, template


def meant(expression: str) -> str | None:
    """What a string or a heredoc means, with X for expressions."""
    text = expression + "\n"
    end = skeleton(text).text.index('"', 1) + 1
    parts = template(text, Span(0, end))
    if parts is None:
        return None
    for part in parts:
        assert part.start < part.end
        if not part.is_expression and len(part.text) == part.end - part.start:
            assert text[part.start : part.end] == part.text
    return "".join("X" if part.is_expression else part.text for part in parts)


@pytest.mark.parametrize(
    ("expression", "means"),
    [
        (r'"a\u00e9\U0001F600\t\n\r\"\\"', 'aé😀\t\n\r"\\'),
        ('"$${q} %%{z} $ $$ $a % %% %a"', "${q} %{z} $ $$ $a % %% %a"),
        ('"$$${q}"', "$${q}"),
        ('"$$$${q}"', "$$${q}"),
        ('"%%%{q}"', "%%{q}"),
        ('"$${q"', "${q"),
        ('"a${b}c"', "aXc"),
        ('"${b}${c}"', "XX"),
        ('"a${"}"}b"', "aXb"),
        ('"a${b == "\\"}" ? "c" : "${d}"}e"', "aXe"),
        ('"a${{b = "c"}["b"]}d"', "aXd"),
        ('"a${b /* } */}c"', "aXc"),
        ('"%{ if a }b%{ endif }"', None),
        ('"\\q"', "\\q"),
        ("<<EOF\nEOF", ""),
        ("<<EOF\n\nEOF", "\n"),
        ("<<EOF\n    k\n    EOF", "    k\n"),
        ('<<EOF\na\\n"q" \\\nEOF', 'a\\n"q" \\\n'),
        ("<<EOF\na EOF\nEOFx\nEOF", "a EOF\nEOFx\n"),
        ("<<EOF\na\nEOF  ", "a\n"),
        ("<<_E-1\na\n_E-1", "a\n"),
        ("<<É\na\nÉ", "a\n"),
        ("<<EOF\r\n a\r\nEOF\r", " a\r\n"),
        ("<<EOF\na ${b\n} c\nEOF", "a X c\n"),
        ("<<EOF\n${<<X\n${b}\nX\n}\nEOF", "X\n"),
        ("<<EOF\n$${a} %%{b}\nEOF", "${a} %{b}\n"),
        ("<<EOF\n%{ for a in b }\n${a}\n%{ endfor }\nEOF", None),
        ('<<-EOF\n      {\n        "a": "${b}"\n\n    }\n   \tEOF', '  {\n    "a": "X"\n\n}\n'),
        ("<<-EOF\n      a\n    ${b} c\n  EOF", "  a\nX c\n"),
        ("<<-EOF\n${b}\n  y\nEOF", "X\n  y\n"),
        ("<<-EOF\n      $${x}\n        y\n  EOF", "${x}\n  y\n"),
        ("<<-EOF\n\ttab\n\t  two\n    EOF", "tab\n  two\n"),
        ("<<-EOF\n\n    \n        x\n      \n    EOF", "\n    \nx\n      \n"),
        ("<<-EOF\n  y ${b\n} z\n   q\nEOF", "y X z\n q\n"),
        ("<<-EOF\r\n a\r\n\r\n b\r\nEOF", "a\r\n\r\nb\r\n"),
    ],
)
def test_templates(expression: str, means: str | None) -> None:
    assert meant(expression) == means


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('a = "b${"c"}" # d', 'a = "_______"    '),
        ("a = 1 // b\nc = /* d\n*/ 2", "a = 1     \nc =         2"),
        ('a = "# no" /* "no" */', 'a = "____"           '),
        ("a = (b\n - c)", "a = (b  - c)"),
        ("a = [\n  {\n    b = 1\n  }\n]", "a = [   {\n    b = 1\n  } ]"),
        ("a = {for b in c :\n b => 1}", "a = {for b in c :  b => 1}"),
        ("a = <<E\nb # c\nE\nd = 1", 'a = "_________"\nd = 1'),
        ("\ufeffé = 1", " x = 1"),
    ],
)
def test_what_means_nothing_is_masked(text: str, left: str) -> None:
    assert skeleton(text).text == left


def test_blocks() -> None:
    text = '# c\na "b" { # d\n  c {}\n}\nx = { y = 1 }\nlocals {}'
    found = [text[start:end] for start, _, end in skeleton(text).blocks]
    assert found == ['# c\na "b" { # d\n  c {}\n}'[4:], "x = { y = 1 }", "locals {}"]


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ('a = "b\n', "the string is not closed on its line", 4),
        ('a = "b\\\n"', "the string is not closed on its line", 4),
        ('a = "b', '`"` is not closed', 4),
        ("a = {\n", "`{` is not closed", 4),
        ("a = {for", "`{` is not closed", 4),
        ("a = {for b", "`{` is not closed", 4),
        ('a = "${b"', '`"` is not closed', 8),
        ("a = <<EOF\nb\n", "`<<EOF` is not closed", 4),
        ("a = <<-EOF\nb EOF", "`<<-EOF` is not closed", 4),
        ("/* a", "the comment is not closed", 0),
        ("a = )", "`)` closes nothing", 4),
        ("a = (}", "`}` closes nothing", 5),
        ("[" * 101, "the text is nested more than 100 deep", 100),
        ('"${' * 60, "the text is nested more than 100 deep", 150),
    ],
)
def test_what_is_not_closed(text: str, message: str, at: int) -> None:
    with pytest.raises(NotHcl) as raised:
        skeleton(text)
    assert (raised.value.message, raised.value.at) == (message, at)


_HCL = st.text(alphabet='"\\${}%()[]#/*<-EOF\n\r a=é', max_size=80)


@given(_HCL)
def test_a_skeleton_keeps_all_offsets(text: str) -> None:
    try:
        found = skeleton(text)
    except NotHcl as error:
        place = error.at
    else:
        assert len(found.text) == len(text)
        assert found.text.isascii()
        assert all(start <= opened < end for start, opened, end in found.blocks)
        place = 0
    assert 0 <= place <= len(text)


def test_a_huge_heredoc() -> None:
    line = '  "a": "${b} $${c}"\n'
    text = f"a = <<-EOF\n{line * 10_000}EOF\n"
    bones = skeleton(text)
    parts = template(text, Span(4, len(text) - 1))
    assert bones.text == f'a = "{"_" * (len(text) - 7)}"\n'
    assert parts is not None
    assert len(parts) == 50_000
