"""Whether this process can serve: for the supervisor, a load balancer, a person with curl."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from vault.services.people import users
from vault.web.identity import current_vault, public

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@public
def index() -> ResponseReturnValue:
    """200 while the database answers; 503 through the error pages when it does not."""
    users.exist(current_vault())
    return {"status": "ok"}
