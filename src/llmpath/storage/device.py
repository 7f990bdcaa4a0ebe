"""Which machine this is, and the name under which it writes.

Hashes are CRC-32: they tell a learner's few machines apart and hide nothing; importing
hashlib takes 3.5 ms of every command.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from llmpath.named_tuple import NamedTuple
from llmpath.storage.durable import PLAIN_FILE, reason_of
from llmpath.storage.files import write_atomically
from llmpath.storage.paths import Places, prepare_folder

_MOST_BYTES = 4096
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class Device(NamedTuple):
    """One writer of the journal; it alone writes the files that bear its id.

    Attributes:
        id: Host name and four random digits, as in `laptop-7f3a`; safe in a file name.
    """

    id: str


def machine_id() -> str:
    """Hash what names this machine: the same in every run, another on another machine.

    Where the system has no such id, the host name is hashed.
    """
    return _hash(_system_id() or _host_name())


def read_device(places: Places) -> Device | None:
    """Read this machine's identity; None where it has none yet.

    An unreadable one, or one that was copied here from another machine or folder,
    is none.
    """
    found = (_read(path, places) for path in _files(places))
    return next(filter(None, found), None)


def draw_device() -> Device:
    """Draw a new identity."""
    name = _slug(_host_name())[:20].rstrip("-") or "device"
    return Device(f"{name}-{os.urandom(2).hex()}")


def keep_device(places: Places, device: Device) -> None:
    """Keep this machine's identity, beside that of another machine in a shared home.

    Raises:
        NotSavedError: The state folder cannot be written.
    """
    document = {"id": device.id, "machine": machine_id(), "bound": _bound(places)}
    prepare_folder(places.state)
    data = json.dumps(document).encode() + b"\n"
    write_atomically(_file_to_keep(places), data)


def find_damage(places: Places) -> tuple[Path, str] | None:
    """Find an identity that cannot be read, and why; None where there is none."""
    for path in _files(places):
        try:
            _load(path)
        except FileNotFoundError:
            continue
        except OSError as error:
            return path, reason_of(error)
        except (ValueError, RecursionError):
            return path, "not an identity"
    return None


def forget_damage(places: Places) -> None:
    """Remove an identity that cannot be read; the next record takes a new one."""
    found = find_damage(places)
    if found is not None:
        with suppress(OSError):
            found[0].unlink()


def _files(places: Places) -> tuple[Path, Path]:
    """Where an identity may be: the second is used where another machine has the first.

    The system's folder for state has no part for each machine, as one under `--home`.
    """
    own = places.state / f"device-{machine_id()}.json"
    return places.state / "device.json", own


def _file_to_keep(places: Places) -> Path:
    first, own = _files(places)
    try:
        document = _load(first)
    except (OSError, ValueError, RecursionError):
        return first
    return first if document.get("machine") in {None, machine_id()} else own


def _read(path: Path, places: Places) -> Device | None:
    try:
        document = _load(path)
    except (OSError, ValueError, RecursionError):
        return None
    return Device(document["id"]) if document.get("bound") == _bound(places) else None


def _load(path: Path) -> dict[str, Any]:
    """Read an identity, whosoever it is.

    Raises:
        OSError: There is none, or it cannot be read.
        ValueError: It is damaged.
    """
    document = json.loads(_read_start(path))
    name = document.get("id") if isinstance(document, dict) else None
    if not isinstance(name, str) or not name or name != _slug(name):
        raise ValueError("no safe name")
    return {**document}


def _read_start(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | PLAIN_FILE)
    try:
        return os.read(descriptor, _MOST_BYTES)
    finally:
        os.close(descriptor)


def _bound(places: Places) -> str:
    return _hash(f"{machine_id()} {os.path.realpath(places.state)}")


def _hash(text: str) -> str:
    return f"{crc32(text.encode(errors='surrogateescape')):08x}"


def _slug(name: str) -> str:
    kept = "".join(each if each in _SAFE else " " for each in name.lower())
    return "-".join(kept.split())


def _host_name() -> str:
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename.partition(".")[0]


def _system_id() -> str:
    try:
        return _read_system_id().strip()
    except (OSError, ValueError, AttributeError):
        return ""


if sys.platform == "win32":

    def _read_system_id() -> str:
        import winreg  # noqa: PLC0415  # Windows alone has it

        place = r"SOFTWARE\Microsoft\Cryptography"
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place, 0, access) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
elif sys.platform == "darwin":

    def _read_system_id() -> str:
        import ctypes  # noqa: PLC0415  # macOS alone needs it

        uuid, wait = ctypes.create_string_buffer(16), (ctypes.c_long * 2)(5, 0)
        if ctypes.CDLL(None).gethostuuid(uuid, wait):
            return ""
        return uuid.raw.hex()
else:

    def _read_system_id() -> str:
        for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
            with suppress(OSError):
                text = Path(path).read_text("ascii").strip()
                if len(text) == 32:  # not `uninitialized`, as on a first boot
                    return text
        return ""
