"""Images in one line, such as `prod-1, latest @ 10d pulled 2d`.

First its tags with commas between them, or `untagged`; behind `@` when it was pushed; then what
else there is to say of it, in any order. A time is an age, such as `36h`, or ISO 8601.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from ecrpolicy.snapshot import Image, StorageClass, instant
from ecrpolicy.tagging import is_image_tag
from ecrpolicy.wording import printable

UNTAGGED: Final = "untagged"

_INDEX: Final = "application/vnd.oci.image.index.v1+json"

_WORD: Final = re.compile(r"[^\s,@]+|[,@]")
_AGE: Final = re.compile(r"([0-9]{1,9})([smhdw])")
_SIZE: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?)(B|kB|MB|GB|TB)")
_DIGEST: Final = re.compile(r"sha256:[0-9a-fA-F]{64}")

_UNITS: Final = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_BYTES: Final = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


class NotAnImage(ValueError):
    """A line that does not tell of an image: why, at which character, and what to write."""

    def __init__(self, message: str, at: int, advice: str) -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.advice = advice


class Word(NamedTuple):
    """A word of a line, and where in it that begins."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Line:
    """An image, and what it refers to: the name of another image, for a referrer."""

    image: Image
    subject: Word | None = None


def digest_of(number: int) -> str:
    """The digest of an image that nobody pushed, by its position in a case, from 1.

    >>> digest_of(3)[:19]
    'sha256:000300030003'
    """
    return f"sha256:{f'{number:04x}' * 16}"


def is_digest(text: str) -> bool:
    """Whether a text is a digest in full."""
    return _DIGEST.fullmatch(text) is not None


def is_relative(text: str) -> bool:
    """Whether all times of a line are ages."""
    return "T" not in text.partition("@")[2]


def read(text: str, now: datetime, number: int) -> Line:
    """The image that a line tells of, the so-manieth of its case; raises NotAnImage.

    >>> from datetime import UTC
    >>> line = read("prod-1, latest @ 10d size 50MB", datetime(2026, 1, 31, tzinfo=UTC), 1)
    >>> line.image.tags, line.image.pushed_at.isoformat(), line.image.size_bytes
    (('prod-1', 'latest'), '2026-01-21T00:00:00+00:00', 50000000)
    """
    words = [Word(found.group(), found.start()) for found in _WORD.finditer(text)]
    at = next((n for n, word in enumerate(words) if word.text == "@"), None)
    if at is None:
        advice = "write the tags, `@` and the age: `prod-1 @ 10d`"
        raise NotAnImage(f"`{printable(text)}` does not say when it was pushed", 0, advice)
    said = iter(words[at + 1 :])
    pushed = _next(said, words[at])
    image = Image(digest_of(number), _time(pushed, now), tuple(_tags(words[:at], words[at])))
    line = Line(image)
    known = dict[str, Word]()
    for word in said:
        clause = _CLAUSES.get(word.text)
        if clause is None:
            clauses = ", ".join(f"`{name}`" for name in _CLAUSES)
            raise NotAnImage(f"`{printable(word.text)}` says nothing", word.at, f"known: {clauses}")
        if word.text in known:
            raise NotAnImage(f"`{word.text}` stands twice", word.at, "delete one of the two")
        known[word.text] = word
        line = clause(line, word, said, now)
    _refuse_contradictions(line.image, known)
    return line


def _refuse_contradictions(image: Image, said: Mapping[str, Word]) -> None:
    """Raise NotAnImage for what cannot have been so: no image is archived before its push."""
    if "restored" in said and "archived" not in said:
        advice = "say when it was archived, too: `archived 95d`"
        raise NotAnImage("what was never archived is not restored", said["restored"].at, advice)
    if "restored" in said and "activating" in said:
        message = "what was restored is not on its way back"
        raise NotAnImage(message, said["activating"].at, "delete one of the two")
    pushed, archived = image.pushed_at, image.archived_at
    for name, time, first, before in (
        ("pulled", image.pulled_at, "pushed", pushed),
        ("archived", archived, "pushed", pushed),
        ("restored", image.activated_at, "archived", archived),
    ):
        if time is not None and before is not None and time < before:
            message = f"the image was {name} before it was {first}"
            raise NotAnImage(message, said[name].at, "mend one of the two times")


def _tags(words: list[Word], end: Word) -> Iterator[str]:
    if [word.text for word in words] == [UNTAGGED]:
        return
    taken = set[str]()
    for number, word in enumerate([*words, end]):
        if number % 2 and word.text not in ",@":
            message = f"no comma stands before `{printable(word.text)}`"
            raise NotAnImage(message, word.at, "put commas between tags")
        if not number % 2:
            if not is_image_tag(word.text):
                message = f"`{printable(word.text)}` is no tag"
                raise NotAnImage(message, word.at, f"write tags, or `{UNTAGGED}`, before `@`")
            if word.text == UNTAGGED:
                message = f"`{UNTAGGED}` stands beside tags"
                raise NotAnImage(message, word.at, "delete it, or the tags")
            if word.text in taken:
                raise NotAnImage(f"the tag `{word.text}` stands twice", word.at, "delete one")
            taken.add(word.text)
            yield word.text


def _next(words: Iterator[Word], before: Word) -> Word:
    word = next(words, None)
    if word is None:
        message = f"nothing follows `{before.text}`"
        raise NotAnImage(message, before.at, "say what, or delete it")
    return word


def _time(word: Word, now: datetime) -> datetime:
    age = _AGE.fullmatch(word.text)
    try:
        if age is not None:
            return now - int(age[1]) * _UNITS[age[2]]
        return instant(word.text)
    except (ValueError, OverflowError):
        message = f"`{printable(word.text)}` is no time"
        advice = "write an age in s, m, h, d or w, such as `10d`, or ISO 8601 with an offset"
        raise NotAnImage(message, word.at, advice) from None


def _size(word: Word) -> int:
    found = _SIZE.fullmatch(word.text)
    if found is None:
        message = f"`{printable(word.text)}` is no size"
        raise NotAnImage(message, word.at, "write it in B, kB, MB, GB or TB, such as `50MB`")
    whole, _, part = found[1].partition(".")
    return (int(whole) * 1000 + int(f"{part:0<3}")) * _BYTES[found[2]] // 1000


_Clause = Callable[[Line, Word, Iterator[Word], datetime], Line]


def _pulled(line: Line, word: Word, words: Iterator[Word], now: datetime) -> Line:
    pulled = _time(_next(words, word), now)
    return replace(line, image=replace(line.image, pulled_at=pulled))


def _archived(line: Line, word: Word, words: Iterator[Word], now: datetime) -> Line:
    archived = _time(_next(words, word), now)
    is_back = line.image.activated_at or line.image.storage_class is StorageClass.ACTIVATING
    storage = line.image.storage_class if is_back else StorageClass.ARCHIVE
    return replace(line, image=replace(line.image, archived_at=archived, storage_class=storage))


def _restored(line: Line, word: Word, words: Iterator[Word], now: datetime) -> Line:
    restored = _time(_next(words, word), now)
    image = replace(line.image, activated_at=restored, storage_class=StorageClass.STANDARD)
    return replace(line, image=image)


def _activating(line: Line, *_: object) -> Line:
    return replace(line, image=replace(line.image, storage_class=StorageClass.ACTIVATING))


def _sized(line: Line, word: Word, words: Iterator[Word], _: datetime) -> Line:
    return replace(line, image=replace(line.image, size_bytes=_size(_next(words, word))))


def _index(line: Line, *_: object) -> Line:
    return replace(line, image=replace(line.image, manifest_media_type=_INDEX))


def _subject(line: Line, word: Word, words: Iterator[Word], _: datetime) -> Line:
    return replace(line, subject=_next(words, word))


def _digest(line: Line, word: Word, words: Iterator[Word], _: datetime) -> Line:
    digest = _next(words, word)
    if not is_digest(digest.text):
        message = f"`{printable(digest.text)}` is no digest"
        raise NotAnImage(message, digest.at, "a digest is `sha256:` and 64 hexadecimal digits")
    return replace(line, image=replace(line.image, digest=digest.text))


_CLAUSES: Final[dict[str, _Clause]] = {
    "pulled": _pulled,
    "archived": _archived,
    "restored": _restored,
    "activating": _activating,
    "size": _sized,
    "index": _index,
    "subject": _subject,
    "digest": _digest,
}
