"""Every blueprint of the web, in one list. A new area adds its line here and nowhere else."""

from flask import Blueprint

from vault.web import accounts, auth, health, home, journal, people, profile, setup

BLUEPRINTS: tuple[Blueprint, ...] = (
    health.blueprint,
    home.blueprint,
    setup.blueprint,
    auth.blueprint,
    profile.blueprint,
    accounts.blueprint,
    people.blueprint,
    journal.blueprint,
)
