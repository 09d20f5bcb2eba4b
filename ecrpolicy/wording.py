"""How times, sizes and other people's text are written for people."""

from datetime import datetime, timedelta

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB", "EB")


def printable(text: str) -> str:
    r"""Text with everything escaped that would not show, or would steer a terminal.

    >>> printable("prod\x1b[2J")
    'prod\\x1b[2J'
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def size(count: int) -> str:
    """Bytes in decimal units, as the service bills them.

    >>> size(123456789)
    '123.5 MB'
    """
    amount, unit = float(count), 0
    while round(amount, 1) >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.1f} {_UNITS[unit]}" if unit else f"{count} B"


def duration(span: timedelta) -> str:
    """A span of time in its two largest units; what is left is cut off.

    >>> duration(timedelta(days=29, hours=3, minutes=59))
    '29 d 3 h'
    """
    if span < timedelta(0):
        return f"-{duration(-span)}"
    minutes, seconds = divmod(span.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(span.days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s")]
    first = next((index for index, (count, _) in enumerate(parts) if count), len(parts) - 1)
    shown = [f"{count} {unit}" for count, unit in parts[first : first + 2] if count]
    return " ".join(shown) or "0 s"


def instant(time: datetime) -> str:
    """A time in UTC, in ISO 8601, to the microsecond where it has any."""
    return time.isoformat().replace("+00:00", "Z")


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun; `plural` where that is not the noun with an `s`.

    >>> count(1, "image"), count(2, "image"), count(0, "repository", "repositories")
    ('1 image', '2 images', '0 repositories')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {plural or f'{noun}s'}"


def repositories(number: int) -> str:
    """A number of repositories."""
    return count(number, "repository", "repositories")


def shortened(digest: str) -> str:
    """A digest as people quote it: the first twelve digits.

    >>> shortened("sha256:" + "ab" * 32)
    'sha256:abababababab'
    """
    return digest[: len("sha256:") + 12]
