"""A clock that tests set."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Called like `vault.services.vault.utc_now`; stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by
