"""No Docker engine runs here: what the files say is held against the code. tests/test_topology.py runs the same parts."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from vault.cli.main import cli
from vault.config import Settings
from vault.services.stores import make_store
from vault.store.s3 import S3Store

ROOT = Path(__file__).parents[2]
OURS = ["init", "web", "worker", "scheduler"]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services, each `${NAME…}` filled in: its default where it has one, else the text ``secret``."""
    text = (ROOT / "docker-compose.yml").read_text()
    filled = re.sub(
        r"\$\{\w+(?::-([^}]*)|:\?[^}]*)\}", lambda found: found[1] if found[1] is not None else "secret", text
    )
    found: dict[str, Any] = yaml.safe_load(filled)["services"]
    return found


@pytest.mark.parametrize("name", OURS)
def test_every_setting_is_known_and_makes_sense(services: dict[str, Any], name: str) -> None:
    settings = Settings.from_environment(services[name]["environment"])

    assert settings.database.startswith("postgresql://")
    assert settings.queue.startswith("redis://vault:")
    assert isinstance(make_store(settings), S3Store)


@pytest.mark.parametrize("name", OURS)
def test_every_command_exists(services: dict[str, Any], name: str) -> None:
    result = CliRunner().invoke(cli, [*services[name]["command"], "--help"])

    assert result.exit_code == 0, result.output


def test_addresses_name_services_that_are_there(services: dict[str, Any]) -> None:
    settings = Settings.from_environment(services["web"]["environment"])
    hosts = {re.split(r"[:/]", address.split("@")[1])[0] for address in (settings.database, settings.queue)}

    assert hosts | {settings.s3_endpoint.split(":")[0]} <= set(services)


def test_only_the_web_port_is_published_and_only_on_this_machine(services: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}

    assert published == {"web": ["127.0.0.1:8080:8080"]}


def test_the_object_store_listens_on_its_own_loopback(services: dict[str, Any]) -> None:
    assert "-ip.bind=127.0.0.1" in services["seaweedfs"]["command"].split()
    assert services["s3"]["network_mode"] == "service:seaweedfs"


def test_the_queue_keeps_every_write_and_lets_nobody_in_without_a_password(services: dict[str, Any]) -> None:
    command = services["valkey"]["command"]

    assert "--appendonly yes" in command
    assert "--user default off" in command


def test_whoever_lacks_passwords_is_told_how_to_make_them() -> None:
    text = (ROOT / "docker-compose.yml").read_text()

    for name in ("POSTGRES_PASSWORD", "QUEUE_PASSWORD", "STORE_PASSWORD"):
        assert all(found == ":?run tools/compose-secrets.sh" for found in re.findall(rf"\$\{{{name}([^}}]*)\}}", text))
        assert f"\n{name}=$(password)\n" in (ROOT / "tools/compose-secrets.sh").read_text()


def test_the_image_copies_only_what_is_there() -> None:
    sources = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.M)

    for name in " ".join(sources).split():
        assert (ROOT / name).exists(), name
