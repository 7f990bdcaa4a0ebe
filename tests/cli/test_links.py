"""Which links `open` hands to a browser, and what the browser gets of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from llmpath.storage.curricula import bundled_curriculum_path
from tests.cli.hostile import ROOT
from tests.cli.hostile_home import make_package
from tests.cli.program import Program

if sys.platform == "win32":
    pytest.skip("a browser that is a shell script", allow_module_level=True)

LINKS: dict[str, str | None] = {
    "https://example.org": "https://example.org",
    "http://example.org/a?b=c&t=2533s#d": "http://example.org/a?b=c&t=2533s#d",
    "https://example.org:8443/": "https://example.org:8443/",
    "https://[2001:DB8::1]:80/x": "https://[2001:DB8::1]:80/x",
    "https://example.org/$(touch${IFS}x)": "https://example.org/$(touch$%7BIFS%7Dx)",
    "https://example.org/;touch'x'": "https://example.org/;touch'x'",
    "https://example.org/%s": "https://example.org/%s",
    "https://example.org/\u00e9?q=\u00fc": "https://example.org/%C3%A9?q=%C3%BC",
    "https://b\u00fccher.example:80/": "https://xn--bcher-kva.example:80/",
    "https://\u0430pple.com/": "https://xn--pple-43d.com/",
    'https://example.org/"><x>': "https://example.org/%22%3E%3Cx%3E",
    "javascript:alert(1)": None,
    "java\tscript:alert(1)": None,
    "file:///etc/passwd": None,
    "data:text/html,x": None,
    "steam://run/1": None,
    "mailto:a@example.org": None,
    "--new-window": None,
    "-https://example.org": None,
    "//example.org/x": None,
    "example.org/x": None,
    "https:///x": None,
    "https://user:pw@example.org": None,
    "https://example.org@evil.example": None,
    "https://example.org:0": None,
    "https://-example.org": None,
    "\\\\server\\share": None,
    "https://example.org\\@evil.example": None,
    "https://\u202egro.elpmaxe": None,
    "https://example.org/a b": None,
    "https://example.org/\nfile:///x": None,
    "https://example.org/" + "x" * 2048: None,
}

OPEN_ALL = """
import sys
from llmpath.cli.main import main
for name in sys.argv[1:]:
    assert main(["open", f"links/{name}", "--json"]) == 0
"""


def linked_curriculum() -> dict[str, Any]:
    """A module with a lesson for each link, which no check has seen."""
    document: dict[str, Any] = json.loads(bundled_curriculum_path().read_bytes())
    module = document["modules"][0]
    lesson = module["lessons"][0]
    module["id"] = "links"
    module["lessons"] = [
        {**lesson, "id": f"link-{number}", "url": url}
        for number, url in enumerate(LINKS)
    ]
    document |= {"modules": [module], "tracks": [], "changes": []}
    return document


def test_only_safe_links_are_opened_and_each_as_one_argument(
    run: Program, tmp_path: Path
) -> None:
    make_package(tmp_path / "package", linked_curriculum())
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\nprintf "%s|" "$#" "$@" >> {opened}\n')
    browser.chmod(0o755)
    env = run.environment(None, {"BROWSER": str(browser)}, "2026-11-20")
    done = subprocess.run(
        [sys.executable, "-c", OPEN_ALL, *(f"link-{n}" for n in range(len(LINKS)))],
        env={**env, "PYTHONPATH": f"{tmp_path / 'package'}{os.pathsep}{ROOT}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    documents = [json.loads("{" + each) for each in done.stdout.split("{\n")[1:]]
    safe = [each for each in LINKS.values() if each is not None]

    assert opened.read_text() == "".join(f"1|{each}|" for each in safe)
    assert [each["opened"] for each in documents] == [
        each is not None for each in LINKS.values()
    ]
    assert [each["url"] for each in documents if each["opened"]] == safe
    assert done.stderr.count("this link is not opened") == len(LINKS) - len(safe)
    assert not (tmp_path / "x").exists()
