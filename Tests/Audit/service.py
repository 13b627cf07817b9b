"""The service that is looked at: how it is asked, and its process."""

import http.client
import os
import pathlib
import subprocess
import urllib.parse

url = os.environ["SERVICE_URL"]
binary = os.environ["GIGAOFFICE_BINARY"]
administrator = os.environ["ADMIN_API_KEY"]
folder = pathlib.Path(os.environ["AUDIT_FOLDER"])
host, port = urllib.parse.urlsplit(url).hostname, urllib.parse.urlsplit(url).port

# What was made up for this run, by name, and what must not be seen anywhere. More is added as it is made.
secrets = {name: os.environ[name]
           for name in ("ADMIN_API_KEY", "DB_PASSWORD", "MISTRAL_API_KEY", "GIGACHAT_CREDENTIALS")}


def ask(method, path, body=None, key=None, **fields):
    """Status, fields by small name, and text; `key` is sent as X-API-Key."""
    connection = http.client.HTTPConnection(host, port, timeout=30)
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    if key:
        headers["X-API-Key"] = key
    if body is not None:
        headers["Content-Type"] = "application/json"
    try:
        connection.request(method, path, body=body.encode() if body is not None else None, headers=headers)
        answer = connection.getresponse()
        return answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read().decode(errors="replace")
    finally:
        connection.close()


def run(*words, settings=None, only=False):
    """A command of the program: code and all it says. `only` takes nothing of this environment but PATH."""
    environment = {"PATH": os.environ["PATH"]} if only else dict(os.environ)
    for name in ("RESOURCES_DIR", "MIGRATIONS_DIR"):
        environment[name] = os.environ[name]
    environment.update(settings or {})
    done = subprocess.run([binary, *words], env=environment, cwd=folder, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def sockets(table):
    """Listening sockets in a table of /proc/net: (address, port, inode)."""
    found = []
    for line in pathlib.Path("/proc/net", table).read_text().splitlines()[1:]:
        words = line.split()
        address, number = words[1].split(":")
        # 0A: listening, for TCP; 07: without a peer, for UDP.
        if words[3] == ("0A" if table.startswith("tcp") else "07"):
            found.append((address, int(number, 16), words[9]))
    return found


def inodes(process):
    """The sockets of a process, by inode."""
    links = set()
    for entry in pathlib.Path("/proc", process, "fd").iterdir():
        try:
            target = os.readlink(entry)
        except FileNotFoundError:
            continue
        if target.startswith("socket:["):
            links.add(target[8:-1])
    return links


def process():
    """The id of the process that listens on the service's port."""
    wanted = {inode for _, number, inode in sockets("tcp") + sockets("tcp6") if number == port}
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and inodes(entry.name) & wanted:
                return entry.name
        except (PermissionError, FileNotFoundError):
            continue
    raise SystemExit("the service's process is not to be found; run this as its user")
