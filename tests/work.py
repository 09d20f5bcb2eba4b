"""How much work some code does, counted in calls and steps: seconds depend on who else is busy."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from types import FrameType
from typing import Any

from sqlalchemy import Engine, event

# One step of a count is that many instructions of SQLite's machine: a call in Python costs as much.
_INSTRUCTIONS = 100


def work_of(run: Callable[[], object], *engines: Engine) -> int:
    """The calls that `run` makes in this thread, of Python and of C, and what databases do for it.

    Work within one call of C is not seen, but for that of `engines`: SQLite's, by its own counter.
    """
    done = 0

    def called(_frame: FrameType, told: str, _argument: object) -> None:
        nonlocal done
        done += told.endswith("call")

    def stepped() -> int:
        nonlocal done
        done += 1
        return 0

    def counted(connection: Any, _record: object, _proxy: object) -> None:
        connection.set_progress_handler(stepped, _INSTRUCTIONS)

    with ExitStack() as undone:
        for engine in engines:
            event.listen(engine, "checkout", counted)
            undone.callback(event.remove, engine, "checkout", counted)
        before = sys.getprofile()
        undone.callback(sys.setprofile, before)
        sys.setprofile(called)
        run()
    return done
