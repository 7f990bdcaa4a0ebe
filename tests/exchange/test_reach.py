from __future__ import annotations

from ipaddress import ip_address

import pytest

from llmpath.exchange.reach import as_address, is_public, is_public_name

OWN = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
    *("0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255"),  # noqa: S104 - not bound
    *("::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1"),
    *("::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"),
]
PUBLIC = ["9.9.9.9", "2620:fe::fe", "64:ff9b::909:909", "::ffff:9.9.9.9"]


@pytest.mark.parametrize("text", OWN)
def test_addresses_of_the_own_network_are_known(text: str) -> None:
    assert not is_public(as_address(text))
    assert not is_public_name(text, is_public)


@pytest.mark.parametrize("text", PUBLIC)
def test_addresses_of_the_internet_are_known(text: str) -> None:
    assert is_public(ip_address(text))
    assert is_public_name(text, is_public)


@pytest.mark.parametrize(
    "name",
    [
        *("localhost", "printer", "printer.local", "a.internal", "router.lan"),
        *("nas.home.arpa", "LOCALHOST.", "127.1", "0x7f000001", "2130706433"),
    ],
)
def test_names_of_the_own_network_are_known(name: str) -> None:
    assert not is_public_name(name, is_public)


@pytest.mark.parametrize("name", ["example.org", "local.example.org", "a.lan.example"])
def test_names_of_the_internet_are_known(name: str) -> None:
    assert is_public_name(name, is_public)
