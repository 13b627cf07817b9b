"""TLS as deploy/nginx/gigaoffice.conf serves it, before the running service: a real nginx, where there is one."""

import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import time

import report
import service

EXAMPLE = pathlib.Path("deploy/nginx/gigaoffice.conf")
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")


def look_at_text(text):
    protocols = re.search(r"ssl_protocols ([^;]*);", text).group(1).split()
    report.check(set(protocols) <= {"TLSv1.2", "TLSv1.3"}, "nginx example: TLS 1.2 and 1.3 only", " ".join(protocols))
    ciphers = re.search(r"ssl_ciphers ([^;]*);", text).group(1).split(":")
    weak = [name for name in ciphers if not (name.startswith("ECDHE-") and re.search("GCM|CHACHA20", name))]
    report.check(ciphers and not weak, "its ciphers keep past talks secret (ECDHE) and are authenticated (AEAD)",
                 " ".join(weak))
    report.check("max-age=" in text and "Strict-Transport-Security" in text, "it sends Strict-Transport-Security")
    report.check("X-Forwarded-For $remote_addr" in text and 'Forwarded ""' in text,
                 "it overwrites what clients say about where they come from")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def start(text, port):
    """nginx with the example as it is but for addresses and files."""
    place = service.folder / "nginx"
    place.mkdir()
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
                    "-keyout", place / "gigaoffice.key", "-out", place / "gigaoffice.crt"],
                   check=True, capture_output=True)
    text = text.replace("/etc/nginx/tls", str(place)).replace("listen 443", f"listen 127.0.0.1:{port}")
    text = re.sub(r"listen \[::\]:\d+[^;]*;", "", text).replace("listen 80", f"listen 127.0.0.1:{free_port()}")
    text = re.sub(r"server 127\.0\.0\.1:800\d[^;]*;", f"server 127.0.0.1:{service.port};", text)
    temporary = "".join(f"{name}_temp_path {place};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""
    (place / "nginx.conf").write_text(
        f"{user}daemon off;\npid {place}/pid;\nerror_log {place}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{text}\n}}\n")
    return subprocess.Popen([NGINX, "-e", str(place / "error.log"), "-c", str(place / "nginx.conf")])


def talk(port, version, path="/livez", ciphers=None):
    """The head of an answer over one version of TLS, and the cipher; an error where there is no agreement."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers(ciphers or "ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    with socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
        with context.wrap_socket(plain) as secure:
            secure.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            received = b"".join(iter(lambda: secure.recv(65536), b""))
            return received.partition(b"\r\n\r\n")[0].decode(), secure.cipher()[0]


def refuses(port, version, ciphers=None):
    try:
        talk(port, version, ciphers=ciphers)
    except (ssl.SSLError, ConnectionError):
        return True
    return False


def look_at_running(text):
    port = free_port()
    nginx = start(text, port)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        for version, name in ((ssl.TLSVersion.TLSv1_2, "TLS 1.2"), (ssl.TLSVersion.TLSv1_3, "TLS 1.3")):
            head, cipher = talk(port, version)
            report.check(head.startswith("HTTP/1.1 200") and "Strict-Transport-Security" in head
                         and "nosniff" in head, f"{name} is spoken ({cipher}), with all fields", head)
        old = [v.name for v in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1) if not refuses(port, v)]
        report.check(not old, "TLS 1.0 and 1.1 are refused", ", ".join(old))
        report.check(refuses(port, ssl.TLSVersion.TLSv1_2, "AES128-SHA:AES256-SHA256:@SECLEVEL=0"),
                     "ciphers without forward secrecy are refused")
        head, _ = talk(port, ssl.TLSVersion.TLSv1_3, "/metrics")
        report.check(head.startswith("HTTP/1.1 404"), "metrics are not for the outside", head)
    finally:
        nginx.terminate()
        nginx.wait(timeout=20)


def look():
    report.group("TLS (the service itself speaks plain HTTP; the stand-in's TLS is for tests)")
    text = EXAMPLE.read_text()
    look_at_text(text)
    if NGINX and shutil.which("openssl"):
        look_at_running(text)
    else:
        report.left_out("nginx or openssl is not installed: the example in use")
