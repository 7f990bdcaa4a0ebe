"""Hold the forecast against simulated learners and simpler forecasts.

    python -m benchmarks.forecast                  print the tables
    python -m benchmarks.forecast --learners 5     with fewer learners of each type
    python -m benchmarks.forecast --write          and put them into docs/forecast.md

The same seeds give the same tables. A full run takes some minutes.
"""

from __future__ import annotations

import argparse

from benchmarks.forecasting.learners import make_learner
from benchmarks.forecasting.parameters import (
    FRESH_SEEDS,
    MORE_OF,
    MORE_SEEDS,
    ORIGINS,
    TUNING_SEEDS,
    parameter_table,
    world_table,
)
from benchmarks.forecasting.runs import outcomes_of, run
from benchmarks.forecasting.tables import report
from benchmarks.marked_text import FORECAST, write_marked


def main() -> int:
    """Measure, print the tables and write them into the document if asked."""
    arguments = parse_arguments()
    count: int = arguments.learners
    parameters, worlds = "\n".join(parameter_table()), "\n".join(world_table())
    more = (make_learner(MORE_OF, seed) for seed in MORE_SEEDS[: 3 * count])
    text = report(
        run(FRESH_SEEDS[:count]),
        run(TUNING_SEEDS[:count]),
        list(outcomes_of(more, ["the forecast"], ORIGINS)),
    )
    print(f"{parameters}\n\n{worlds}\n\n{text}")
    if arguments.write:
        write_marked(FORECAST, "parameters", parameters)
        write_marked(FORECAST, "worlds", worlds)
        write_marked(FORECAST, "forecast", text)
    return 0


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--learners",
        type=int,
        default=len(FRESH_SEEDS),
        help="learners of each type on the fresh seeds, and at most on the tuning ones",
    )
    parser.add_argument("--write", action="store_true", help="update docs/forecast.md")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
