"""What stands between `---` or `+++` at the very top of a Markdown file."""

from __future__ import annotations

import re

_FENCES = ("---", "+++")
_FRONT_MATTER_LIMIT = 200


def split_front_matter(text: str) -> tuple[str, str | None, int]:
    """The text with empty lines in place of the front matter, its title, its length."""
    fence = text[:3]
    if fence not in _FENCES or text[3:4] != "\n":
        return text, None, 0
    lines = text.split("\n", _FRONT_MATTER_LIMIT)
    for at, line in enumerate(lines[1:-1], 1):
        if line.rstrip() == fence:
            titles = [each for each in lines[1:at] if re.match(r"title\s?[:=]", each)]
            title = re.split("[:=]", titles[0], maxsplit=1)[1] if titles else ""
            rest = [""] * (at + 1) + lines[at + 1 :]
            return "\n".join(rest), title.strip(" \"'") or None, at + 1
    return text, None, 0
