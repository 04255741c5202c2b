"""What can be refused when a period is computed. Each message says what is wrong and what to do."""


class StatuteError(ValueError):
    """A period cannot be computed, or data cannot be read; the message is fit for a clerk."""


class UnknownClock(StatuteError):
    """No rule is known for a clock of this name."""


class UnknownRule(StatuteError):
    """No rule of this id and version is known."""


class UnknownJurisdiction(StatuteError):
    """No calendar is shipped for this jurisdiction."""


class StartOutOfRange(StatuteError):
    """The start lies where no calendar or no rule reaches."""


class ExtensionRefused(StatuteError):
    """The rule allows no extension, or none as long as this."""


class ExclusionRefused(StatuteError):
    """The rule counts every day, or the days to leave out do not lie within the period."""


class DueRefused(StatuteError):
    """The due date is computed and cannot be given; or must be given and is not, or not after the start."""


class WrongCounting(StatuteError):
    """The clock counts days where an instant was given, or the other way round."""


class NaiveInstant(StatuteError):
    """An instant without a time zone has no civil date."""


class BadData(StatuteError):
    """A calendar or rule is incomplete or contradicts itself; `faults` lists everything that is wrong with it."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults
