"""Long answers on their way: few at a time, so that short ones are still given.

Each holds a thread of the web server until its reader has taken the last byte, however slow.
"""

from collections.abc import Iterator
from threading import BoundedSemaphore

AT_ONCE = 2  # of the four threads of a process


class StreamSlots:
    """So many streams of this process at once."""

    def __init__(self, number: int) -> None:
        self._free = BoundedSemaphore(number)

    def take(self) -> bool:
        """False where all are taken. Whoever took one gives it back, or makes a Stream of it."""
        return self._free.acquire(blocking=False)

    def give_back(self) -> None:
        self._free.release()


class Stream:
    """Pieces for one reader. Closed by the server when they are taken or the reader leaves."""

    def __init__(self, pieces: Iterator[bytes], places: StreamSlots) -> None:
        self._pieces = pieces
        self._places: StreamSlots | None = places

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        """End the reading of the database, and let the next one in."""
        places, self._places = self._places, None
        if places is not None:
            places.give_back()
        end = getattr(self._pieces, "close", None)
        if end is not None:
            end()
