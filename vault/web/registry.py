"""Every blueprint of the web, in one list. A new area adds its line here and nowhere else."""

from flask import Blueprint

from vault.web import (
    absences,
    accounts,
    auth,
    corrections,
    documents,
    further,
    health,
    home,
    imports,
    journal,
    people,
    products,
    profile,
    routines,
    setup,
    suppliers,
    tasks,
    today,
    uploads,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    health.blueprint,
    home.blueprint,
    setup.blueprint,
    auth.blueprint,
    profile.blueprint,
    accounts.blueprint,
    people.blueprint,
    journal.blueprint,
    uploads.blueprint,
    documents.blueprint,
    corrections.blueprint,
    tasks.blueprint,
    suppliers.blueprint,
    products.blueprint,
    imports.blueprint,
    further.blueprint,
    absences.blueprint,
    routines.blueprint,
    today.blueprint,
)
