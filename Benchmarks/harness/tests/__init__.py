"""Tests of what the harness computes; `scripts/bench --test` runs them."""
