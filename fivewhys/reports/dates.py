"""Dates as people write them: 21 November 2026. The same on every machine, whatever its locale."""

from datetime import UTC, date, datetime

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(moment: date) -> str:
    """The date of `moment` (of a datetime, in UTC), for example 21 November 2026."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(UTC)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def time(moment: datetime) -> str:
    """The UTC date and time of `moment`, for example 21 November 2026, 08:40 UTC."""
    moment = moment.astimezone(UTC)
    return f"{day(moment)}, {moment:%H:%M} UTC"
