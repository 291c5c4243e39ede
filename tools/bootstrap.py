"""Set up everything that kzpub needs on this machine: ``python3 tools/bootstrap.py run`` or ``… test``.

Makes the virtual environment ``.venv``, installs the locked dependencies into it, and sees to WeasyPrint's system
libraries (for ``test`` also to the programs that only tests need): on Debian and Ubuntu it installs them where the user
may, elsewhere it names the one command that brings them. What is already there is skipped. Standard library only.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

LIBRARIES = {  # Debian package: the libraries in it, by the names that WeasyPrint opens them with
    "libpango-1.0-0": ("libpango-1.0.so.0", "libgobject-2.0.so.0"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libfontconfig.so.1"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0",),
}
OPTIONAL = {"libharfbuzz-subset0"}  # without it PDFs take 2.5 times as long
TOOLS = {  # Debian package: the program in it, or a file of data
    "chromium": "chromium",
    "default-jre-headless": "java",
    "gettext": "msgfmt",
    "hunspell": "hunspell",
    "hunspell-kk": "/usr/share/hunspell/kk_KZ.dic",
    "hunspell-ru": "/usr/share/hunspell/ru_RU.dic",
    "libreoffice-writer-nogui": "soffice",
    "poppler-utils": "pdftotext",
    "python3-uno": "/usr/lib/python3/dist-packages/uno.py",
    "qpdf": "qpdf",
}
COMMANDS = {  # elsewhere: the package manager and the command that brings the libraries
    "dnf": "sudo dnf install pango harfbuzz",
    "pacman": "sudo pacman -S pango harfbuzz",
    "brew": "brew install pango",
}


def main(purpose: str) -> None:
    if sys.version_info < (3, 11):
        sys.exit("error: Python %d.%d is too old; install Python 3.11 or later" % sys.version_info[:2])
    make_environment()
    install_dependencies(purpose)
    see_to_libraries()
    if purpose == "test":
        see_to_tools()


def make_environment() -> None:
    """An environment with pip, unless there is one."""
    if (
        PYTHON.is_file()
        and not subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode
    ):
        return
    print(f"making {ENVIRONMENT.name}", flush=True)
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        sys.exit("error: this Python cannot make environments; on Debian and Ubuntu: sudo apt-get install python3-venv")


def install_dependencies(purpose: str) -> None:
    """What the lock file lists, checked by hash, and kzpub itself from this folder; nothing if it was done before."""
    lock = ROOT / "requirements" / f"{purpose}.txt"
    digest = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = ENVIRONMENT / f".{purpose}"
    if stamp.is_file() and stamp.read_text() == digest:
        return
    print(f"installing {lock.relative_to(ROOT)}", flush=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run([*pip, "--require-hashes", "--requirement", str(lock)], "see above: is the package index reached?")
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], "see above")
    stamp.write_text(digest)


def run(command: list[str], hint: str) -> None:
    if subprocess.run(command, check=False).returncode:
        sys.exit(f"error: “{' '.join(command)}” failed; {hint}")


# -- System libraries and programs -----------------------------------------------------------------------------------


def see_to_libraries() -> None:
    if not sys.platform.startswith("linux"):
        return  # names differ; kzpub itself says what is missing
    missing = [package for package, names in LIBRARIES.items() if not all(map(loads, names))]
    if not missing:
        return
    if shutil.which("apt-get"):
        install(missing)
        missing = [package for package in missing if not all(map(loads, LIBRARIES[package]))]
    manager = next((name for name in ("apt-get", *COMMANDS) if shutil.which(name)), "apt-get")
    command = COMMANDS.get(manager, f"sudo apt-get install {' '.join(missing)}")
    if set(missing) - OPTIONAL:
        sys.exit(f"error: PDFs need {', '.join(missing)}; run: {command}")
    if missing:
        print(f"note: PDFs are made faster with {', '.join(missing)}: {command}")


def loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def see_to_tools() -> None:
    missing = [package for package, name in TOOLS.items() if not is_there(name)]
    if missing and shutil.which("apt-get"):
        install(missing)
    for package in missing:
        if not is_there(TOOLS[package]):
            print(f"note: no {TOOLS[package]} ({package}): its tests are skipped")


def is_there(name: str) -> bool:
    return shutil.which(name) is not None or Path(name).is_file()


def install(packages: list[str]) -> None:
    """Install Debian packages where this user may without being asked."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if sudo and (
        not shutil.which("sudo") or subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode
    ):
        return
    print(f"installing {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        command = [*sudo, "apt-get", "-qq", *arguments]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("run", "test"):
        sys.exit("usage: python3 tools/bootstrap.py run|test")
    main(sys.argv[1])
