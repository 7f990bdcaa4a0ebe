"""JSON text from elsewhere, read within limits.

The standard parser takes NaN, lone surrogates, repeated keys and any depth and length;
a lone surrogate would end the program where it is printed.
"""

from __future__ import annotations

import json
from typing import Any

from llmpath.storage.curriculum_document import (
    VALUE_LIMIT,
    Finding,
    RepeatedKeys,
    too_deep,
    too_long,
    too_many,
)


def parse_json(text: str) -> tuple[Any, Finding | None]:
    """Read JSON; the finding says why it could not be read."""
    if sum(map(text.count, ",[{")) > VALUE_LIMIT:
        return None, too_many("values", VALUE_LIMIT)
    try:
        return json.loads(text, object_pairs_hook=_make_object), None
    except json.JSONDecodeError as error:
        reason, remedy = f"not JSON: {error.msg}", "correct the syntax"
        return None, Finding((), reason, remedy, error.lineno, error.colno)
    except RecursionError:
        return None, too_deep(())
    except ValueError:  # int() refuses more than 4,300 digits
        return None, too_long(())


def _make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else RepeatedKeys(pairs)
