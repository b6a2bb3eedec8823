"""Which day it is for the people who work with the vault."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from vault.services.vault import Vault


def today(vault: Vault) -> date:
    """The date in the time zone of the settings: due dates and windows are counted in days of that calendar."""
    return day_of(vault, vault.clock())


def day_of(vault: Vault, moment: datetime) -> date:
    """The date of a moment in the time zone of the settings."""
    return moment.astimezone(ZoneInfo(vault.settings.time_zone)).date()
