"""What a push was told survives `kill -9`; `.ci/run` kills more often, `tests.registry.crash`."""

from pathlib import Path

from tests.registry.crash.killing import prepared, run


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    assert run(prepared(tmp_path), times=4, seed=8) > 0
