"""The `sellervault` command. Sub-commands are imported only when called, so that each starts fast."""

import importlib
import sys

import click
import structlog

from vault.domain.errors import VaultError
from vault.services.logs import keep_values_out_of_logs

# name -> "module:attribute" of its click command
_COMMANDS = {
    "read": "vault.cli.read:read",
    "check": "vault.cli.check:check",
    "match": "vault.cli.match:match",
    "verify": "vault.cli.verify:verify",
    "run": "vault.cli.run:run",
    "worker": "vault.cli.worker:worker",
    "init": "vault.cli.init:init",
    "user": "vault.cli.user:user",
    "upload": "vault.cli.upload:upload",
    "import": "vault.cli.imports:import_",
    "account": "vault.cli.account:account",
    "security": "vault.cli.security:security",
    "risk": "vault.cli.risk:risk",
    "coverage": "vault.cli.coverage:coverage",
    "audit": "vault.cli.audit:audit",
    "report": "vault.cli.report:report",
    "routine": "vault.cli.routine:routine",
    "task": "vault.cli.task:task",
    "further": "vault.cli.further:further",
    "notice": "vault.cli.notice:notice",
    "webhook": "vault.cli.webhook:webhook",
    "absence": "vault.cli.absence:absence",
}


class LazyGroup(click.Group):
    """A click group whose commands are named in a table and imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = _COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, attribute = target.split(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, help="Seller Vault: read, judge and keep the papers that save an Amazon seller account.")
@click.version_option(package_name="sellervault")
def cli() -> None:
    pass


def main() -> None:
    """Entry point. Exit codes: 0 done, 1 bad arguments or a refused request, 2 the program itself failed."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))  # standard output is for answers
    keep_values_out_of_logs()
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(1)
    except VaultError as error:
        click.echo(f"{error.code}: {error.message}", err=True)
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the outermost boundary: everything else is a fault of the program
        import traceback

        traceback.print_exception(error, file=sys.stderr)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
