"""What the audit has found, a line each, in groups."""

findings = 0


def group(title):
    print(f"\n{title}")


def fact(text):
    """Something to know, neither good nor bad."""
    print(f"        {text}")


def check(condition, text, detail=""):
    """A line of the report; with `detail`, where it is wrong."""
    global findings
    if condition:
        print(f"  ok    {text}")
        return
    findings += 1
    print(f"  WRONG {text}{': ' + detail if detail else ''}")


def left_out(text):
    print(f"  -     left out: {text}")
