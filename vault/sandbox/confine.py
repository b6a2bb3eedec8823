"""The command that starts a process which sees the system read-only, no network, and nothing of the vault."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from vault.domain.errors import Misconfigured
from vault.domain.message import N_

_TEMPORARY_BYTES = 512 << 20
_SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/localtime", "/var/cache/fontconfig")
_NEEDED = ("vault", "PIL", "numpy", "cv2", "pypdfium2", "pypdf", "lxml", "marshmallow", "pytesseract")
_NOBODY = "65534"
_INSIDE = "VAULT_IN_SANDBOX"


def sandboxed(command: Sequence[str], extra: Sequence[Path] = ()) -> list[str]:
    """`command` under bubblewrap; the folders in `extra` are readable too.

    Raises Misconfigured where bubblewrap is missing.
    """
    wrapper = shutil.which("bwrap")
    if wrapper is None:
        raise Misconfigured(
            N_(
                "bubblewrap is missing, so documents of strangers cannot be read safely. Install the package bubblewrap, "
                "or set VAULT_ALLOW_UNSANDBOXED=1 if the machine is isolated in another way."
            )
        )
    walls = ("--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--cap-drop", "ALL")
    identity = ("--uid", _NOBODY, "--gid", _NOBODY, "--hostname", "reader")
    return [wrapper, *walls, *identity, *_root(extra), *_environment(extra), "--", *command]


def is_inside() -> bool:
    """Whether this process was started by a command of `sandboxed`."""
    return _INSIDE in os.environ


def environment(extra: Sequence[Path] = ()) -> dict[str, str]:
    """The few variables that a reader needs; nothing else of the parent's environment reaches it."""
    tesseract = shutil.which("tesseract")
    folders = dict.fromkeys(["/usr/local/bin", "/usr/bin", "/bin", str(Path(tesseract or "/usr/bin/x").parent)])
    values = {
        "PATH": os.pathsep.join(folders),
        "PYTHONPATH": os.pathsep.join(str(folder) for folder in (*_import_folders(), *extra)),
        "LANG": "C.UTF-8",
        "HOME": "/tmp",
        "TMPDIR": "/tmp",
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    if tessdata := os.environ.get("TESSDATA_PREFIX"):
        values["TESSDATA_PREFIX"] = tessdata
    return values


def _environment(extra: Sequence[Path]) -> Iterator[str]:
    yield from ("--clearenv", "--setenv", _INSIDE, "1")
    for name, value in environment(extra).items():
        yield from ("--setenv", name, value)


def _root(extra: Sequence[Path]) -> Iterator[str]:
    yield from ("--ro-bind", "/usr", "/usr")
    for name in _SYSTEM:
        folder = Path(name)
        if folder.is_symlink():
            yield from ("--symlink", str(folder.readlink()), name)
        elif folder.is_dir():
            yield from ("--ro-bind", name, name)
    for name in _SETTINGS:
        yield from ("--ro-bind-try", name, name)
    yield from ("--proc", "/proc", "--dev", "/dev", "--size", str(_TEMPORARY_BYTES), "--tmpfs", "/tmp")
    for folder in _outermost([*_code_folders(), *extra]):
        yield from ("--ro-bind", str(folder), str(folder))
    yield from ("--remount-ro", "/", "--chdir", "/tmp")


def _code_folders() -> Iterator[Path]:
    """Where the interpreter, the libraries, Tesseract and this package are. Of a checkout only the package itself."""
    yield from (Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parent.parent)
    for name in _NEEDED:
        spec = importlib.util.find_spec(name)
        if spec and spec.submodule_search_locations:
            package = Path(spec.submodule_search_locations[0])
            # Wheels keep shared libraries beside the package, in the folder that holds nothing but packages.
            yield package.parent if package.parent.name in ("site-packages", "dist-packages") else package
    if tesseract := shutil.which("tesseract"):
        yield Path(tesseract).resolve().parent.parent
    if tessdata := os.environ.get("TESSDATA_PREFIX"):
        yield Path(tessdata)


def _import_folders() -> list[Path]:
    folders = []
    for name in _NEEDED:
        spec = importlib.util.find_spec(name)
        if spec and spec.submodule_search_locations:
            folders.append(Path(spec.submodule_search_locations[0]).absolute().parent)
    return list(dict.fromkeys(folders))


def _outermost(folders: Sequence[Path]) -> list[Path]:
    """The folders without those that lie in another one, or in the system, which is there anyway."""
    chosen: list[Path] = []
    for folder in sorted({folder.absolute() for folder in folders}, key=lambda folder: len(folder.parts)):
        inside = [Path("/usr"), *chosen]
        if folder.exists() and not any(folder.is_relative_to(other) for other in inside):
            chosen.append(folder)
    return chosen
