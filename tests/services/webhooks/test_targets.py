"""Which addresses are sent to: none that leads inside, however it is written."""

from ipaddress import ip_address

import pytest

from vault.domain.errors import Misconfigured
from vault.services.webhooks.targets import NotSent, Way, allowed_networks, checked_addresses, is_public, parse_target

INSIDE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.255", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "192.88.99.1", "168.63.129.16",
    "::", "::1", "::7f00:1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "100::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:8.8.8.8",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_that_are_not_the_internets_are_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    with pytest.raises(NotSent) as refused:
        checked_addresses(parse_target("https://hooks.example/"), Way(resolve=lambda *_: [address]))
    assert refused.value.reason == "refused_address"


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e"])
def test_public_addresses_are_taken(address: str) -> None:
    assert checked_addresses(parse_target("https://hooks.example/"), Way(resolve=lambda *_: [address])) == [address]


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(NotSent, match="private network"):
        checked_addresses(parse_target("https://hooks.example/"), Way(resolve=lambda *_: ["8.8.8.8", "10.0.0.1"]))


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0x7f.0.0.1", "017700000001", "localhost", "[::1]", "127.0.0.1."]
)
def test_other_spellings_of_this_machine_are_refused_too(host: str) -> None:
    with pytest.raises(NotSent):
        checked_addresses(parse_target(f"https://{host}/"), Way())


def test_a_name_that_nobody_knows_is_said_to_be_unknown() -> None:
    def nothing(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(NotSent) as refused:
        checked_addresses(parse_target("https://hooks.example/"), Way(resolve=nothing))
    assert refused.value.reason == "no_such_host"


@pytest.mark.parametrize(
    "url",
    [
        "", "hook", "/hook", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "https://",
        "ftp://example.com:443/", "gopher://example.com:80/",
        "https:///hook", "https://user:word@example.com/", "https://example.com@10.0.0.1/", "https://example.com/#there",
        "https://example.com:99999/", "https://example.com:x/", "https://example.com\\@10.0.0.1/",
        "https://example.com/a b", "https://example.com/\r\nX: y", "https://exämple.com/", "https://[::1/",
        "https://example.com/" + "x" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_plain_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(NotSent) as refused:
        parse_target(url)
    assert refused.value.reason == "refused_address"


def test_an_address_is_taken_apart() -> None:
    target = parse_target("https://Hooks.Example:8443/a/b?c=d")
    assert (target.host, target.port, target.path) == ("hooks.example", 8443, "/a/b?c=d")
    assert target.authority == "hooks.example:8443"
    assert parse_target("https://[2606:4700::1111]").authority == "[2606:4700::1111]"


def test_plain_http_is_for_ones_own_networks_only() -> None:
    own = allowed_networks("10.0.0.0/8, fd00::/8")
    assert checked_addresses(parse_target("http://box.example/"), Way(own, lambda *_: ["10.2.3.4"])) == ["10.2.3.4"]
    assert checked_addresses(parse_target("http://box.example/"), Way(own, lambda *_: ["::ffff:10.2.3.4"]))
    for elsewhere in ("8.8.8.8", "192.168.1.1"):
        with pytest.raises(NotSent):
            checked_addresses(parse_target("http://box.example/"), Way(own, lambda *_, found=elsewhere: [found]))


def test_a_setting_that_names_no_network_stops_the_start() -> None:
    assert allowed_networks("") == ()
    with pytest.raises(Misconfigured, match=r"VAULT_WEBHOOK_ALLOW"):
        allowed_networks("10.0.0.0/8, everything")
