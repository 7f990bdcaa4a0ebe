"""The forms of a curriculum that are understood, by the names that `--format` takes."""

from __future__ import annotations

FORMS = ("toctree", "roadmap-sh", "summary", "ossu", "roadmap-md", "markdown", "text")
"""Each is read by the module of its name. They are dear to import, so that names alone
are here. Where two are equally sure of a source, the earlier one reads it.
"""
