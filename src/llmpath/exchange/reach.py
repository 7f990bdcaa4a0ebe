"""Which servers may be asked: all, or those of the internet alone.

A link or a redirect that a stranger wrote could make this machine ask its own services,
the router, or a cloud's 169.254.169.254. It is judged by the numbers that a name is
looked up as, and by the name alone where a proxy looks it up.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from llmpath.errors import LlmpathError

Address = IPv4Address | IPv6Address
MayReach = Callable[[Address], bool]
"""Whether a server may be asked that has this address."""

_NAT64 = IPv6Network("64:ff9b::/96")
_OWN_NAMES = ("localhost", "local", "internal", "lan", "home.arpa")


class OwnNetworkError(LlmpathError):
    """An address of this machine or of its own network, where none may be asked."""


def anywhere(address: Address) -> bool:  # noqa: ARG001 - as `MayReach` has it
    """Any address, for what the learner typed."""
    return True


def is_public(address: Address) -> bool:
    """Tell whether an address is of the internet and not of one's own network.

    An IPv4 address inside an IPv6 one is judged as well.
    """
    inner = _inner_address(address)
    if inner is not None and not is_public(inner):
        return False
    return address.is_global and not address.is_multicast


def _inner_address(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def is_public_name(host: str, may_reach: MayReach) -> bool:
    """Tell whether a name may be one of the internet, without looking it up."""
    try:
        return may_reach(as_address(host))
    except ValueError:
        pass
    try:  # 127.1, 0x7f000001 and the like
        return may_reach(IPv4Address(socket.inet_aton(host)))
    except OSError:
        pass
    name = host.rstrip(".")
    own = any(name == each or name.endswith(f".{each}") for each in _OWN_NAMES)
    return "." in name and not own


def as_address(text: str) -> Address:
    """An address without its zone."""
    return ip_address(text.partition("%")[0])


def own_network(host: str) -> OwnNetworkError:
    """The error for a server that may not be asked."""
    return OwnNetworkError(f"{host} is this machine or in its own network")
