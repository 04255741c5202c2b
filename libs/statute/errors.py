"""What can be refused when a period is computed. Each message says what is wrong and what to do."""


class StatuteError(ValueError):
    """A period cannot be computed, or shipped data cannot be read; the message is fit for a clerk."""


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


class NaiveInstant(StatuteError):
    """An instant without a time zone has no civil date."""


class BadData(StatuteError):
    """A calendar or rule file is incomplete or contradicts itself; the message names the file."""
