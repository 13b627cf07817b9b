"""What the program stands on: libraries and their packages, and what tests and pages take from elsewhere."""

import pathlib
import re
import shutil
import subprocess

import report
import service


def output(*words):
    return subprocess.run(words, capture_output=True, text=True).stdout


def package_of(file):
    """Debian's package of a file; dpkg may know it by its place before /usr was merged."""
    for path in (str(pathlib.Path(file).resolve()), file, file.removeprefix("/usr")):
        owner = output("dpkg", "-S", path).partition(": ")[0]
        if owner:
            return owner.split(",")[0]
    return None


def look_at_libraries():
    if not shutil.which("dpkg"):
        report.left_out("this is not Debian: packages of libraries")
        return
    packages, strangers = set(), []
    for line in output("ldd", service.binary).splitlines():
        file = re.search(r"(/\S+)", line)
        if not file or "swift" in file.group(1).lower():
            continue
        owner = package_of(file.group(1))
        if owner:
            packages.add(owner)
        else:
            strangers.append(file.group(1))
    report.check(packages and not strangers, f"all {len(packages)} packages of linked libraries are Debian's",
                 ", ".join(strangers))
    versions = output("dpkg-query", "-W", "-f", "${Package} ${Version}\\n", *sorted(packages)).split("\n")
    for line in filter(None, versions):
        report.fact(line)


def look_at_image():
    """Whether the last stage of the Dockerfile installs each library that the program asks for by name."""
    if not shutil.which("readelf") or not shutil.which("dpkg"):
        report.left_out("readelf or dpkg is not installed: the image's packages")
        return
    last = pathlib.Path("Dockerfile").read_text().split("\nFROM ")[-1]
    installed = set(re.search(r"--no-install-recommends \\\n([^&]*)", last).group(1).split())
    places = dict(re.findall(r"(\S+) => (/\S+)", output("ldd", service.binary)))
    wanted = re.findall(r"NEEDED.*\[(.*)\]", output("readelf", "-d", service.binary))
    missing = []
    for name in wanted:
        owner = package_of(places[name]) if name in places and "swift" not in places[name].lower() else None
        package = owner.partition(":")[0] if owner else None
        # The C library is in every Debian.
        if package and package not in installed | {"libc6", "libgcc-s1"}:
            missing.append(f"{name} ({package})")
    report.check(wanted and not missing, "the image has each library that the program asks for", ", ".join(missing))


def look_at_pins():
    files = [*sorted(pathlib.Path("Tests").glob("*/requirements.txt")), pathlib.Path("scripts/api-docs.txt")]
    loose = []
    for file in files:
        lines = [line for line in file.read_text().splitlines() if line.strip() and not line.startswith("#")]
        loose += [f"{file}: {line}" for line in lines if not re.match(r"[\w.-]+==[\w.]+( --hash=sha256:\w+)?$", line)]
        report.fact(f"{file}: {', '.join(line.split(' ')[0] for line in lines[:3])}"
                    + (f" and {len(lines) - 3} more" if len(lines) > 3 else ""))
    report.check(not loose, "Python packages of tests and pages are pinned; none is part of the program", "; ".join(loose))
    manifest = pathlib.Path("Package.swift").read_text()
    report.check(".package(" not in manifest, "no Swift package from elsewhere")


def look():
    report.group("Dependencies")
    look_at_libraries()
    look_at_image()
    look_at_pins()
