"""Web servers for the tests of what asks the web."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.exchange.web_server import WebServer, direct, serving


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A server that speaks http, asked without a proxy."""
    direct(monkeypatch)
    with serving() as server:
        yield server


@pytest.fixture
def secure(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A server that speaks https, asked without a proxy."""
    direct(monkeypatch)
    with serving(is_secure=True) as server:
        yield server
