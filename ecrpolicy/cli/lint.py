"""`ecrpolicy lint`: what is wrong with policies and settings, wherever they stand."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Final

from ecrpolicy.cli.ending import (
    STANDARD_INPUT,
    STANDARD_INPUT_NAME,
    UNUSABLE,
    Unusable,
    complain,
    content,
    guarded,
    missing_extra,
)
from ecrpolicy.cli.lint_options import Options, add_options, read_options
from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.lint.baseline import Baseline, Entry, entry_of, written
from ecrpolicy.lint.engine import LintFinding, lint
from ecrpolicy.lint.found import Misread, Reading, SourceText, Span
from ecrpolicy.lint.report import Report
from ecrpolicy.sources.lintable import files_of, read, source_text

_FAILED: Final = 1
_STALE: Final = "stale-baseline-entry"

# What formats are read with, and the extra that each is in.
_EXTRAS: Final = {"hcl2": "terraform", "yaml": "cloudformation"}

_FORMATS: Final = {
    "text": "lint_text",
    "json": "lint_json",
    "sarif": "sarif",
    "github": "github",
    "junit": "junit",
}

_EXAMPLES: Final = """examples:
  ecrpolicy lint .
  ecrpolicy lint policy.json --kind repository --fix
  ecrpolicy lint terraform/ --format sarif --output lint.sarif
"""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = _EXAMPLES
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="a file; a directory, in which all documents are looked for; `-` is standard input",
    )
    add_options(parser)
    parser.add_argument(
        "--write-baseline",
        action="store_true",
        help="write all findings to the baseline, and exit with 0",
    )
    parser.add_argument(
        "--skip-unknown",
        action="store_true",
        help="pass over files that are named and hold no known document, as in directories",
    )
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever is found")
    parser.add_argument("--fix", action="store_true", help="mend what can be mended, in the files")
    parser.add_argument(
        "--diff", action="store_true", help="print what `--fix` would change, and change nothing"
    )
    parser.add_argument("--format", choices=tuple(_FORMATS), default="text", help="default: text")
    parser.add_argument("--output", metavar="FILE", help="default: standard output")
    parser.add_argument(
        "--stdin-filename",
        metavar="NAME",
        default=STANDARD_INPUT_NAME,
        help="what standard input is called in findings; its ending tells the format",
    )


@guarded
def run(arguments: Namespace) -> int:
    """Lint, mend, or show what would be mended."""
    _check_usage(arguments)
    options = read_options(arguments)
    if arguments.write_baseline and options.baseline is None:
        raise Unusable("`--write-baseline` needs a name: give `--baseline FILE`")
    runner = _Run(arguments, options)
    for path in arguments.paths:
        runner.lint_path(path)
    if arguments.write_baseline:
        return runner.write_baseline()
    if arguments.diff:
        _write("".join(runner.diffs), arguments.output)
        failed = bool(runner.diffs)
    else:
        report = runner.report()
        if report.files or not runner.unusable or arguments.format != "text":
            _write(_rendered(report, arguments), arguments.output)
        failed = report.has(options.fail_level)
    if runner.unusable:
        return UNUSABLE
    return _FAILED if failed and not arguments.exit_zero else 0


def _check_usage(arguments: Namespace) -> None:
    if arguments.paths.count(STANDARD_INPUT) > 1:
        raise Unusable("standard input can be read once")
    if arguments.fix and arguments.diff:
        raise Unusable("`--diff` shows what `--fix` would do: give one of them")
    if arguments.fix and STANDARD_INPUT in arguments.paths:
        raise Unusable("standard input cannot be mended: see what would change with `--diff`")
    if arguments.write_baseline and (arguments.fix or arguments.diff):
        raise Unusable("`--write-baseline` takes findings as they are: give it alone")


@dataclass
class _Run:
    """What is linted, and what has been found so far."""

    arguments: Namespace
    options: Options
    found: list[LintFinding] = field(default_factory=list)
    fixed: list[LintFinding] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    diffs: list[str] = field(default_factory=list)
    known: int = 0
    unusable: list[str] = field(default_factory=list)
    baseline: Baseline = field(init=False)
    baseline_text: str = ""

    def __post_init__(self) -> None:
        self.baseline = self._read_baseline()

    def lint_path(self, path: str) -> None:
        """Lint a file, or the files of a directory; what cannot be used is told, and the rest read.

        What two paths have in common is linted once.
        """
        try:
            if path != STANDARD_INPUT and Path(path).is_dir():
                for each in files_of(
                    Path(path), is_excluded=self.options.configuration.is_excluded
                ):
                    self._lint_file(str(each), is_named=False)
            else:
                self._lint_file(path, is_named=not self.arguments.skip_unknown)
        except (OSError, ValueError) as error:
            self._complain(Unusable(f"`{path}` cannot be read: {error}"))

    def _lint_file(self, path: str, *, is_named: bool) -> None:
        name = self.arguments.stdin_filename if path == STANDARD_INPUT else path
        if os.path.normpath(name) in self.read or self._is_baseline(name):
            return
        self.read.add(os.path.normpath(name))
        try:
            read_here = partial(read, kind=self.options.kind_of(name), is_named=is_named)
            source = self._source(path, name, is_named=is_named)
            if source is not None:
                self._lint_source(source, read_here, is_named=is_named)
        except ModuleNotFoundError as error:
            if error.name not in _EXTRAS:
                raise
            self._complain(Unusable(missing_extra(f"`{name}`", _EXTRAS[error.name], error)))
        except (EcrPolicyError, Unusable) as error:
            self._complain(error)

    def _source(self, path: str, name: str, *, is_named: bool) -> SourceText | None:
        """The text of a file; None where it is passed over because it is none."""
        held = content(path)
        try:
            return source_text(held, name)
        except EcrPolicyError:
            if is_named:
                raise
            return None

    def _lint_source(
        self, source: SourceText, read_here: Callable[[SourceText], Reading], *, is_named: bool
    ) -> None:
        reading = read_here(source)
        if reading.is_empty and not is_named:
            return
        if reading.is_empty and not reading.has_resources:
            raise Unusable(
                f"`{source.file}` is no policy and no setting that is known: "
                "say what it is with `--kind`"
            )
        self.files.append(source.file)
        context = self.options.context_of(source.file)
        if self.arguments.fix or self.arguments.diff:
            from ecrpolicy.lint.fixing import mended

            made = mended(source, read_here, context, is_known=self._is_known_entry)
            self._keep(source, made.source)
            self.fixed += made.fixed
            source = made.source
            reading = read_here(source)
        self.found += lint(reading, context, is_known=self._is_known)

    def _keep(self, before: SourceText, after: SourceText) -> None:
        """Write a file that was mended, or the difference."""
        if before.text == after.text:
            return
        if self.arguments.diff:
            self.diffs.append(_diff(before, after))
        else:
            _write_text(after.text, before.file)

    def _is_known(self, found: LintFinding) -> bool:
        is_known = self.baseline.knows(found, self._in_baseline(found.source.file))
        self.known += is_known
        return is_known

    def _is_known_entry(self, found: LintFinding) -> bool:
        """Whether a finding stands in the baseline, however often it has been met."""
        return self.baseline.left[entry_of(found, self._in_baseline(found.source.file))] > 0

    def _in_baseline(self, file: str) -> str:
        """The path of a file as a baseline has it: from where the baseline is."""
        folder = self.options.baseline.parent if self.options.baseline else Path()
        return Path(os.path.relpath(file, folder)).as_posix()

    def _is_baseline(self, file: str) -> bool:
        """Whether a file is the baseline, which holds no document whatever files may hold."""
        path = self.options.baseline
        return path is not None and os.path.abspath(path) == os.path.abspath(file)

    def _read_baseline(self) -> Baseline:
        path = self.options.baseline
        if path is None or self.arguments.write_baseline:
            return Baseline()
        from ecrpolicy.sources.baselines import parse_baseline

        held = content(str(path))
        self.baseline_text = held.decode("utf-8", "replace")
        return parse_baseline(held, file=str(path))

    def write_baseline(self) -> int:
        """Write all findings down."""
        if self.unusable:
            raise Unusable("the baseline is not written: some files cannot be used")
        entries = [entry_of(each, self._in_baseline(each.source.file)) for each in self.found]
        _write_text(written(entries), str(self.options.baseline))
        return 0

    def report(self) -> Report:
        """What was found, with what the baseline has too many of."""
        return Report(
            (*self.found, *self._stale()),
            tuple(self.files),
            tuple(self.fixed),
            self.known,
            tuple(self.unusable),
        )

    def _stale(self) -> Iterator[LintFinding]:
        """The entries of the baseline that nothing was found for."""
        path, selection = self.options.baseline, self.options.context.selection
        if path is None or not selection.has(_STALE):
            return
        linted = {self._in_baseline(file) for file in self.files}
        source = SourceText(str(path), self.baseline_text)
        for entry in self.baseline.stale(
            lambda file: file in linted or not (path.parent / file).exists()
        ):
            if selection.has(entry.rule):
                span = _place_of(entry, source)
                misread = Misread(source, _STALE, span, *_said_of(entry))
                yield from lint(Reading(misread=(misread,)), self.options.context)

    def _complain(self, error: EcrPolicyError | Unusable) -> None:
        self.unusable.append(str(error))
        complain(error)


def _said_of(entry: Entry) -> tuple[str, str]:
    message = f"`{entry.rule}` finds nothing any more in `{entry.file}` at `{entry.pointer}`"
    return message, "write the baseline anew, with `--write-baseline`"


def _place_of(entry: Entry, source: SourceText) -> Span:
    """Where an entry stands: its fingerprint is like no other."""
    at = max(source.text.find(f'"{entry.fingerprint}"'), 0)
    return Span(at, at + len(entry.fingerprint) + 2)


def _diff(before: SourceText, after: SourceText) -> str:
    """What differs, as `diff -u` shows it."""
    from difflib import unified_diff

    lines = unified_diff(
        before.text.splitlines(keepends=True),
        after.text.splitlines(keepends=True),
        before.file,
        after.file,
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _rendered(report: Report, arguments: Namespace) -> str:
    module = import_module(f"ecrpolicy.render.{_FORMATS[arguments.format]}")
    if arguments.format == "text":
        rendered: str = module.text(report, colour=not arguments.output and _is_coloured())
    else:
        rendered = module.text(report)
    return rendered


def _is_coloured() -> bool:
    """Whether standard output is a terminal that shows colours, and nobody minds them."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout is not None and sys.stdout.isatty()


def _write(text: str, path: str | None) -> None:
    if path is None:
        print(text, end="")
    else:
        _write_text(text, path)


def _write_text(text: str, path: str) -> None:
    """Write a file, with the ends of lines as they are."""
    try:
        Path(path).write_bytes(text.encode("utf-8", "surrogateescape"))
    except (OSError, ValueError) as error:
        raise Unusable(f"`{path}` cannot be written: {error}") from None
