"""The application factory."""

import os
from pathlib import Path

from flask import Flask

from vault.config import Settings
from vault.services.logs import keep_values_out_of_logs
from vault.services.vault import Vault, open_vault
from vault.web.assets import init_assets
from vault.web.errors import init_errors
from vault.web.i18n import init_i18n
from vault.web.identity import init_identity
from vault.web.navigation import groups_of_account, groups_of_all
from vault.web.registry import BLUEPRINTS
from vault.web.security import init_forms, init_security
from vault.web.sessions import ServerSessions, require_session
from vault.web.stores import store_name
from vault.wording.template_folder import template_folder


def create_app(settings: Settings | None = None, vault: Vault | None = None) -> Flask:
    """The web application of `vault`, or of the vault that `settings` (default: the environment) describe.

    Raises Misconfigured where it cannot be served safely.
    """
    keep_values_out_of_logs()
    if vault is None:
        vault = open_vault(settings or Settings.from_environment(os.environ))
    web = Path(__file__).parent / "web"
    app = Flask("vault", static_folder=str(web / "static"), template_folder=str(template_folder()))
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["vault"] = vault
    app.session_interface = ServerSessions(vault)
    app.before_request(require_session)
    init_errors(app)
    init_security(app, vault)
    init_i18n(app, vault.settings.time_zone)
    init_identity(app)
    init_forms(app)
    init_assets(app)
    app.add_template_filter(store_name)
    app.add_template_global(groups_of_account)
    app.add_template_global(groups_of_all)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
