"""Web servers for the tests of what asks the web."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.exchange.web_server import AUTHORITY, WebServer, serving


@pytest.fixture
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask servers without a proxy, and trust the tests' authority."""
    for name in [each for each in os.environ if each.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))


@pytest.fixture
def server(direct: None) -> Iterator[WebServer]:  # noqa: ARG001 - asked without a proxy
    """A server that speaks http."""
    with serving() as server:
        yield server


@pytest.fixture
def secure(direct: None) -> Iterator[WebServer]:  # noqa: ARG001 - asked without a proxy
    """A server that speaks https."""
    with serving(is_secure=True) as server:
        yield server
