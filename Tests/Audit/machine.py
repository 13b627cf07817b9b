"""What the machine shows of the process: sockets, the process list, rights of files."""

import os
import pathlib
import stat
import subprocess

import report
import service


def is_loopback(address):
    return address in ("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F")


def look_at_sockets(process):
    own = service.inodes(process)
    found = {table: [(a, p) for a, p, inode in service.sockets(table) if inode in own]
             for table in ("tcp", "tcp6", "udp", "udp6")}
    elsewhere = [f"{table} {a}:{p}" for table, all in found.items() for a, p in all if not is_loopback(a)]
    report.check(not elsewhere, "it listens on the loopback address only, as HOST says", ", ".join(elsewhere))
    report.check(not found["udp"] and not found["udp6"], "it listens on no UDP port")
    others = sorted({p for table in ("tcp", "tcp6") for a, p in found[table] if p != service.port})
    report.fact(f"TCP: {service.port} (the API); {', '.join(map(str, others)) or 'none'} (the embedded Kafka broker)")


def look_at_process(process):
    place = pathlib.Path("/proc", process)
    line = place.joinpath("cmdline").read_bytes().replace(b"\0", b" ").decode()
    shown = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True).stdout \
        if pathlib.Path("/bin/ps").exists() else line
    seen = [name for name, value in service.secrets.items() if value in line + shown]
    report.check(not seen, f"no secret in the process list: {line.strip()}", ", ".join(seen))
    mode = stat.S_IMODE(os.stat(place / "environ").st_mode)
    report.check(mode == 0o400, "its environment is its owner's to read", oct(mode))
    status = dict(part.split(":", 1) for part in place.joinpath("status").read_text().splitlines())
    report.fact(f"user {status['Uid'].split()[0]}; core files up to {core_limit(place)}")


def core_limit(place):
    line = next(l for l in place.joinpath("limits").read_text().splitlines() if l.startswith("Max core file size"))
    return line.split()[4]


def mode_of(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def look_at_files():
    log = pathlib.Path(os.environ["LOG_FILE"])
    report.check(mode_of(log) & 0o027 == 0, "the log file is not for everybody", oct(mode_of(log)))
    made = service.folder / "certificates"
    fake = subprocess.Popen([service.binary, "fake-gigachat", "--mtls", "--certificates", str(made)],
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=service.folder)
    try:
        fake.stdout.readline()
        keys = sorted(made.glob("*.key"))
        open_ones = [f"{key.name} {oct(mode_of(key))}" for key in keys if mode_of(key) & 0o077]
        report.check(keys and not open_ones, "keys that the stand-in makes are their owner's", ", ".join(open_ones))
    finally:
        fake.terminate()
        fake.wait(timeout=20)
    settings = {"GIGACHAT_RUN_MODE": "mtls", "GIGACHAT_BASE_URL": "https://127.0.0.1:1/api/v1",
                "GIGACHAT_MTLS_CERT_FILE": str(made / "client.pem"),
                "GIGACHAT_MTLS_KEY_FILE": str(keys[0]), "GIGACHAT_MTLS_CA_BUNDLE_FILE": str(made / "ca.pem")}
    keys[0].chmod(0o644)
    said = service.run("doctor", "--language", "en", settings=settings)[1]
    complaints = [line for line in said.splitlines() if str(keys[0]) in line or "chmod" in line]
    report.check(complaints, "doctor tells of a private key that others can read", said[-400:])


def look():
    process = service.process()
    report.group("Sockets, processes and files")
    look_at_sockets(process)
    look_at_process(process)
    look_at_files()
