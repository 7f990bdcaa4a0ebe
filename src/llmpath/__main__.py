"""Run the program as `python -m llmpath`."""

from __future__ import annotations

import sys

from llmpath.cli.main import main

sys.exit(main())
