import hashlib

from ecrpolicy.registry.blobs.running import RunningDigests

UPLOAD = "11111111-2222-3333-4444-555555555555"


def test_a_digest_goes_on_where_it_stopped() -> None:
    running = RunningDigests()
    state = running.take(UPLOAD, 0)
    assert state is not None
    state.update(b"one")
    running.keep(UPLOAD, 3, state)
    again = running.take(UPLOAD, 3)
    assert again is not None
    again.update(b"two")
    assert again.hexdigest() == hashlib.sha256(b"onetwo").hexdigest()


def test_a_state_of_another_length_is_of_no_use() -> None:
    running = RunningDigests()
    running.keep(UPLOAD, 3, hashlib.sha256(b"one"))
    assert running.take(UPLOAD, 6) is None
    assert running.take(UPLOAD, 3) is None  # it has gone on elsewhere


def test_a_state_is_its_takers_alone() -> None:
    running = RunningDigests()
    running.keep(UPLOAD, 3, hashlib.sha256(b"one"))
    assert running.take(UPLOAD, 3) is not None
    assert running.take(UPLOAD, 3) is None


def test_what_is_over_is_forgotten_and_so_is_what_is_oldest() -> None:
    running = RunningDigests()
    running.keep(UPLOAD, 3, hashlib.sha256(b"one"))
    running.forget(UPLOAD)
    assert running.take(UPLOAD, 3) is None
    for number in range(1_001):
        running.keep(str(number), 3, hashlib.sha256(b"one"))
    assert running.take("0", 3) is None
    assert running.take("1", 3) is not None
