"""Benchmarks; never part of the tests, since the machines they run on are shared."""
