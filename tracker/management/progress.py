"""A bar on the command line; silent lines where there is no terminal."""

from typing import TextIO

WIDTH = 30


class ProgressBar:
    """Shows how far long work is. On a terminal it redraws one line, elsewhere every tenth."""

    def __init__(self, label: str, stream: TextIO) -> None:
        self.label = label
        self.stream = stream
        self.shown = -1

    def show(self, done: int, total: int) -> None:
        percent = 100 * done // total if total else 100
        step = 1 if self.stream.isatty() else 10
        if percent // step == self.shown:
            return
        self.shown = percent // step
        filled = WIDTH * percent // 100
        line = f"{self.label} [{'#' * filled}{'.' * (WIDTH - filled)}] {percent} % ({done}/{total})"
        self.stream.write(f"\r{line}" if self.stream.isatty() else f"{line}\n")
        self.stream.flush()

    def end(self) -> None:
        if self.stream.isatty():
            self.stream.write("\n")
