"""Connections to those servers alone that may be reached."""

from __future__ import annotations

import socket
import ssl
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, Request

from llmpath.exchange.reach import (
    MayReach,
    anywhere,
    as_address,
    is_public_name,
    own_network,
)


class Plain(HTTPHandler):
    """Opens http addresses of servers that may be reached."""

    def __init__(self, may_reach: MayReach) -> None:
        super().__init__()
        self._may_reach = may_reach

    def http_open(self, req: Request) -> HTTPResponse:
        """Open an address, or hand it to a proxy."""
        if is_proxied(req):
            require_reachable_name(req, self._may_reach)
            return self.do_open(HTTPConnection, req)
        return self.do_open(partial(PlainConnection, may_reach=self._may_reach), req)


class Secure(HTTPSHandler):
    """Opens https addresses of servers that may be reached."""

    def __init__(self, may_reach: MayReach, context: ssl.SSLContext) -> None:
        super().__init__()
        self._may_reach = may_reach
        self._secured = context

    def https_open(self, req: Request) -> HTTPResponse:
        """Open an address, through a proxy's tunnel where there is one."""
        if is_proxied(req):
            require_reachable_name(req, self._may_reach)
            return self.do_open(partial(HTTPSConnection, context=self._secured), req)
        connection = partial(
            SecureConnection, may_reach=self._may_reach, secured=self._secured
        )
        return self.do_open(connection, req)


class PlainConnection(HTTPConnection):
    """A connection to one of the addresses of a name that may be reached."""

    def __init__(self, host: str, *, timeout: float, may_reach: MayReach) -> None:
        super().__init__(host, timeout=timeout)
        self._may_reach = may_reach

    def connect(self) -> None:
        """Look the name up, and connect to what was looked up and judged."""
        self.sock = self.reached()

    def reached(self) -> socket.socket:
        """A connected socket.

        Raises:
            OwnNetworkError: No address of the name may be reached.
            OSError: None of those that may be answers.
        """
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        places = dict.fromkeys(str(each[4][0]) for each in found)
        allowed = [each for each in places if self._may_reach(as_address(each))]
        if not allowed:
            raise own_network(self.host)
        for nth, place in enumerate(allowed, 1):
            try:
                return socket.create_connection((place, self.port), self.timeout)
            except OSError:
                if nth == len(allowed):
                    raise
        raise own_network(self.host)


class SecureConnection(PlainConnection):
    """The same with a certificate that is checked against the host's name."""

    default_port = HTTPSConnection.default_port

    def __init__(
        self,
        host: str,
        *,
        timeout: float,
        may_reach: MayReach,
        secured: ssl.SSLContext,
    ) -> None:
        super().__init__(host, timeout=timeout, may_reach=may_reach)
        self._secured = secured

    def connect(self) -> None:
        """Connect, and let the server show who it is."""
        bare = self.reached()
        try:
            self.sock = self._secured.wrap_socket(bare, server_hostname=self.host)
        except BaseException:
            bare.close()
            raise


def is_proxied(request: Request) -> bool:
    """Tell whether a proxy is asked in place of the server."""
    return request.host != urlsplit(request.full_url).netloc


def require_reachable_name(request: Request, may_reach: MayReach) -> None:
    """Refuse what a proxy would find in one's own network, as far as a name shows it.

    Raises:
        OwnNetworkError: The name or number is one of one's own network.
    """
    host = urlsplit(request.full_url).hostname or ""
    if may_reach is not anywhere and not is_public_name(host, may_reach):
        raise own_network(host)
