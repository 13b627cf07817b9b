"""The harness behind `make bench`: starts what is measured, loads it, and writes a report.

Python's standard library only. `scripts/bench` builds everything first and then runs this package.
"""
