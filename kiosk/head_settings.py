"""The settings of signed heads: the table `[heads]` of kiosk.toml."""

import msgspec

from devices.faults import ShortText


class HeadSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the heads that each night signs are kept, and with which key it signs them."""

    folders: tuple[ShortText, ...] = ()
    """Folders elsewhere that each head is copied to, seen from the home. They must be there."""
    key: ShortText | None = None
    """The file of the key, which systemd gives to the nightly job while it runs; None keeps one in the home."""
    code_at_entrance: bool = False
    """Whether a volunteer sees, after a tap, the short code of the head that holds it."""
