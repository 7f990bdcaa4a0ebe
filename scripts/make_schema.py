"""Write data/curriculum.schema.json from the models of the file format."""

from __future__ import annotations

from pathlib import Path

from llmpath.storage.curriculum_file import curriculum_schema, normalised

SCHEMA = Path(__file__).resolve().parents[1] / "data" / "curriculum.schema.json"

if __name__ == "__main__":
    SCHEMA.write_text(normalised(curriculum_schema()), encoding="utf-8", newline="\n")
