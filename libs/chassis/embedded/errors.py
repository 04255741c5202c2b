"""What can go wrong between us and the servers we start; each message is one clear line for an operator."""


class EmbeddedError(Exception):
    """Something an operator can understand and mend; never shown with a traceback."""


class StateInUse(EmbeddedError):
    """Another process owns this state directory."""


class WrongMode(EmbeddedError):
    """The directory keeps wall time and was opened for simulated time, or the other way round."""


class StateUnusable(EmbeddedError):
    """The state directory cannot be created, read or written by this user."""


class ServerDidNotStart(EmbeddedError):
    """The server ended, or was not ready within its limit; the message carries the last lines of its log."""


class ServerMissing(EmbeddedError):
    """The wheel that brings the server's program is not installed for this platform."""


class NoUnprivilegedAccount(EmbeddedError):
    """We are root, PostgreSQL refuses root, and no other account can be used."""


class PortUnusable(EmbeddedError):
    """The port that was asked for cannot be listened on."""
