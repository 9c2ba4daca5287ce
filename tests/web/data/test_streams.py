"""Few long answers at a time, and a place is given back once."""

from collections.abc import Iterator

from tracker.web.data.streams import Stream, StreamSlots


def pieces(told: list[str]) -> Iterator[bytes]:
    try:
        yield b"one"
        yield b"two"
    finally:
        told.append("closed")


def test_a_place_is_given_back_when_all_is_taken() -> None:
    places, told = StreamSlots(1), list[str]()
    assert places.take()
    assert not places.take()
    stream = Stream(pieces(told), places)
    assert list(stream) == [b"one", b"two"]
    stream.close()
    assert told == ["closed"]
    assert places.take()


def test_a_place_is_given_back_when_the_reader_leaves_and_only_once() -> None:
    places, told = StreamSlots(1), list[str]()
    places.take()
    stream = Stream(pieces(told), places)
    assert next(stream) == b"one"
    stream.close()
    stream.close()
    assert told == ["closed"]
    assert places.take()
    assert not places.take()


def test_a_place_is_given_back_when_nothing_was_read() -> None:
    places = StreamSlots(1)
    places.take()
    Stream(pieces([]), places).close()
    assert places.take()
