"""Each figure that we claim, measured beside a named peer or floor: `python -m benchmarks` runs them all."""
