"""The schedule: every duty in its turn, and none stops the others."""

from threading import Event

from vault.domain.errors import Unavailable
from vault.services.vault import Vault
from workers.schedule import SCHEDULE, Duty
from workers.scheduler import run_schedule


class Script:
    """A clock that goes on by one second with each look, and what was done when; stops after a while."""

    def __init__(self, seconds: int) -> None:
        self.second, self.last = 0, seconds
        self.stop = Event()
        self.done: list[str] = []

    def now(self) -> float:
        self.second += 1
        if self.second >= self.last:
            self.stop.set()
        return float(self.second)

    def duty(self, name: str, seconds: float, error: Exception | None = None) -> Duty:
        def do(_vault: Vault) -> None:
            self.done.append(name)
            if error is not None:
                raise error

        return Duty(name, seconds, do)


def test_duties_are_done_at_once_and_then_in_their_turn(vault: Vault) -> None:
    script = Script(100)
    schedule = (script.duty("often", 0.001), script.duty("rarely", 1000))
    run_schedule(vault, script.stop, schedule, script.now)
    assert script.done.count("rarely") == 1
    assert script.done.count("often") > 5


def test_a_duty_that_fails_stops_no_other(vault: Vault) -> None:
    script = Script(60)
    schedule = (
        script.duty("away", 0.001, Unavailable("away")),
        script.duty("broken", 0.001, ZeroDivisionError("a fault of the program")),
        script.duty("sound", 0.001),
    )
    run_schedule(vault, script.stop, schedule, script.now)
    assert {"away", "broken", "sound"} == set(script.done)
    assert script.done.count("sound") > 2


def test_every_duty_bears_being_done_twice(vault: Vault) -> None:
    for _ in range(2):
        for duty in SCHEDULE:
            duty.do(vault)
