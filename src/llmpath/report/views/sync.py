"""What `sync` answers."""

from __future__ import annotations

from llmpath.core.devices import DeviceTally
from llmpath.named_tuple import NamedTuple


class SyncView(NamedTuple):
    """`sync`, `sync --check`, `sync init`: what was exchanged, or differs.

    Attributes:
        command: `sync`, `sync-check` or `sync-init`.
        remote: Address of the remote, without credentials.
        restored: Records that were gone from the folder and are there again.
        files: Files, but for the journal's, that changed here, or that differ.
        aside: Files in which the other version of a file is kept.
    """

    command: str
    remote: str
    branch: str
    devices: tuple[DeviceTally, ...]
    restored: int
    files: tuple[str, ...]
    aside: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether both sides have the same."""
        differs = any(each.to_send or each.to_receive for each in self.devices)
        return not differs and not (self.command == "sync-check" and self.files)
