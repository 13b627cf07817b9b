"""Looks at a running service as somebody with bad intentions would. Run by scripts/audit."""

import sys

import answers
import dependencies
import machine
import production
import proxy
import report
import secrecy
import service

print(f"Audit of {service.binary} at {service.url}")
key = secrecy.make_key()
answers.look(key)
production.look()
machine.look()
secrecy.look(key)
proxy.look()
dependencies.look()
print(f"\n{report.findings} findings" if report.findings else "\nNothing found.")
sys.exit(1 if report.findings else 0)
