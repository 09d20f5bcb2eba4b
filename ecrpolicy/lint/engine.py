"""From documents to findings: every rule for its kind, less what somebody has silenced.

>>> from ecrpolicy.lint.found import Excerpt, SourceText
>>> from ecrpolicy.lint.json_places import read_json
>>> source = SourceText("policy.json", '{"Statement": {"Action": "ecr:*", "Resource": "*"}}')
>>> reading = read_json(Excerpt.whole(source), Kind.IDENTITY)
>>> context = Context(Selection(select=frozenset({"missing-effect"})))
>>> [str(found.finding.location) for found in lint(reading, context)]
['policy.json:1:15']
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from ecrpolicy.document.location import pointer
from ecrpolicy.document.unknown import is_known as is_all_known
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.lint.catalog import FAMILIES, family_of, find
from ecrpolicy.lint.edit import Add, Edit, Replace
from ecrpolicy.lint.facts import OWN, Facts
from ecrpolicy.lint.found import Change, Misread, PlacedDocument, Reading, SourceText, Span
from ecrpolicy.lint.ignores import Ignore, ignores_of
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refusals_of
from ecrpolicy.lint.rule import Problem
from ecrpolicy.lint.selection import Selection, all_names, closest
from ecrpolicy.lint.subject import Subject

if TYPE_CHECKING:
    from ecrpolicy.snapshot import Registry

UNUSED_IGNORE: Final = "unused-ignore"
INVALID_IGNORE: Final = "invalid-ignore"


@dataclass(frozen=True)
class Context:
    """What is looked for, and what is known beside the documents.

    `scope` is that of registry policies that do not tell theirs; `registry` the registry that the
    documents are for, where there is a snapshot of it.
    """

    selection: Selection = field(default_factory=Selection)
    facts: Facts = OWN
    scope: Literal["V1", "V2"] | None = None
    registry: "Registry | None" = None


@dataclass(frozen=True, eq=False)
class LintFinding:
    """What a rule found in a document, before its place is looked up.

    `document` is the name of the document in its file, `kind` None where it could not be read;
    `pointer` is the place in the document.
    """

    rule: str
    severity: Severity
    message: str
    source: SourceText
    find_span: Callable[[], Span]
    help: str | None = None
    service_text: str | None = None
    document: str = ""
    kind: Kind | None = None
    pointer: str = ""
    why_kind: str | None = None
    edits: tuple[Edit, ...] = ()
    make_changes: Callable[[tuple[Edit, ...]], tuple[Change, ...] | None] | None = None
    anchors: tuple[int, ...] = ()

    @cached_property
    def span(self) -> Span:
        """Where it is in the text of the file."""
        return self.find_span()

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """How the text of the file is mended; empty where it cannot be, or must not.

        What nobody knows cannot be written down, and it may be any number of elements.
        """
        if not self.edits or self.make_changes is None or not all(map(_is_writable, self.edits)):
            return ()
        return self.make_changes(self.edits) or ()

    @cached_property
    def finding(self) -> Finding:
        """The complaint, with line and column."""
        line, column = self.source.line_and_column(self.span.start)
        place = Location(self.source.file, line, column, self.pointer)
        return Finding(self.rule, self.severity, self.message, place, self.help, self.service_text)

    @property
    def end(self) -> tuple[int, int]:
        """Line and column of where it ends."""
        return self.source.line_and_column(self.span.end)

    @property
    def fingerprint(self) -> str:
        """What stays the same when lines are added or moved, without the name of the file."""
        from hashlib import sha256

        told = "\0".join((self.rule, self.document, self.pointer, self.message))
        return sha256(told.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def lint(
    reading: Reading,
    context: Context,
    *,
    is_known: Callable[[LintFinding], bool] = lambda _: False,
) -> list[LintFinding]:
    """What the rules find in a file, in its order.

    Left out is what a comment silences, and what is known: what `is_known` says of.
    """
    found = list(_found(reading, context))
    sources = dict.fromkeys(each.source for each in reading.documents)
    sources |= dict.fromkeys(each.source for each in reading.misread)
    for source in sources:
        ignores = ignores_of(source)
        if ignores:
            found = list(_less_ignored(found, source, ignores, context.selection))
    shown = [each for each in found if not is_known(each)]
    return sorted(shown, key=lambda each: (each.span, each.rule))


def _found(reading: Reading, context: Context) -> Iterator[LintFinding]:
    selection = context.selection
    for misread in reading.misread:
        if selection.has(misread.rule):
            yield _of_misread(misread, selection)
    for document in reading.documents:
        subject = Subject(
            document.kind,
            document.value,
            document.text,
            document.scope or context.scope,
            context.registry,
            context.facts,
        )
        plan = selection.plan(document.kind)
        for name, problems in refusals_of(subject).items() if plan.told else ():
            for rule, severity in plan.told.get(name, ()):
                for problem in problems:
                    yield _of_problem(rule.name, severity, problem, document)
        for rule, severity in plan.others:
            is_set = rule.name in selection.severities
            for problem in rule.check(subject):
                own = None if is_set else problem.severity
                yield _of_problem(rule.name, own or severity, problem, document)


def _of_misread(misread: Misread, selection: Selection) -> LintFinding:
    return LintFinding(
        misread.rule,
        selection.severity(find(misread.rule)),
        misread.message,
        misread.source,
        lambda: misread.span,
        misread.help,
        document=misread.name,
        pointer=misread.pointer,
        anchors=misread.anchors,
    )


def _of_problem(
    rule: str, severity: Severity, problem: Problem, document: PlacedDocument
) -> LintFinding:
    places = document.places
    return LintFinding(
        rule,
        severity,
        problem.message,
        document.source,
        lambda: places.span(problem.path, at_name=problem.at_name, offset=problem.offset),
        problem.help,
        _answer(problem.service_text, document.kind),
        document.name,
        document.kind,
        pointer(*problem.path),
        document.why_kind,
        problem.fix,
        places.changes,
        document.anchors,
    )


def _is_writable(edit: Edit) -> bool:
    return not isinstance(edit, Replace | Add) or is_all_known(edit.value)


def _answer(service_text: str | None, kind: Kind) -> str | None:
    """What the service answers, in full: of lifecycle policies, rules know what is within it."""
    if service_text is None or kind is not Kind.LIFECYCLE:
        return service_text
    from ecrpolicy.lifecycle import service_error

    return service_error(service_text)


def _less_ignored(
    found: Iterable[LintFinding],
    source: SourceText,
    ignores: Iterable[Ignore],
    selection: Selection,
) -> Iterator[LintFinding]:
    """What the comments of a file leave, and what is wrong with the comments."""
    by_name: dict[str, list[Ignore]] = {}
    for ignore in ignores:
        if ignore.name is not None:
            by_name.setdefault(ignore.name, []).append(ignore)
    used: set[Ignore] = set()
    for each in found:
        names = (each.rule, family_of(each.rule) or "") if each.source is source else ()
        about = [ignore for name in names for ignore in by_name.get(name, ())]
        lines = (
            {source.line_and_column(at)[0] for at in (each.span.start, *each.anchors)}
            if about
            else set()
        )
        meant = [ignore for ignore in about if ignore.line in lines]
        used.update(meant)
        if not meant:
            yield each
    for ignore in ignores:
        if ignore not in used:
            yield from _useless(ignore, source, selection)


def _useless(ignore: Ignore, source: SourceText, selection: Selection) -> Iterator[LintFinding]:
    """What is wrong with a comment that silences nothing."""
    name, known = ignore.name, (*FAMILIES, *all_names())
    if name is None:
        message, advice = "the comment does not say which rule it silences", "name it: `[rule]`"
        rule = INVALID_IGNORE
    elif name not in known:
        message, near = f"no rule is called `{name}`", closest(name, known)
        advice = f"write `{near}`" if near else "`ecrpolicy rules` lists them"
        rule = INVALID_IGNORE
    elif selection.has(name):
        message, advice = f"`{name}` finds nothing here", "delete it from the comment"
        rule = UNUSED_IGNORE
    else:
        return
    if selection.has(rule):
        yield LintFinding(
            rule,
            selection.severity(find(rule)),
            message,
            source,
            lambda: ignore.span,
            advice,
        )
