"""One family of errors. Each carries a sentence that can be shown to the person."""


class TrackerError(Exception):
    """Something a person asked for could not be done; `message` says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Refused(TrackerError):
    """The person's role, or the rule about own entries, does not allow the act."""


class Stale(TrackerError):
    """Somebody else was quicker: the thing judged is no longer as it was shown."""


class Busy(TrackerError):
    """Too many ask for the same kind of work: in a moment it can be done."""


class Invalid(TrackerError):
    """A value cannot be right. `field` names the form field it came from."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Absent(TrackerError):
    """There is no such thing, or it is not this person's: both read alike."""


class Conflict(TrackerError):
    """The same identity was sent before with other content."""


class PhotoRejected(TrackerError):
    """The file is not a photo we can keep. `retryable` is true where another try may succeed."""

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable


class ImportFailed(TrackerError):
    """A file could not be read at all; nothing was changed."""


class CountsBroken(TrackerError):
    """Stored counts cannot be right; `manage.py verify` names them, `rebuild` mends them."""
