"""The large icons: one shape for each meaning, so that nobody has to tell states by their colour.

Drawn for this screen with a thick pen (see `strokes`).
"""

from types import MappingProxyType

ICONS = MappingProxyType(
    {
        "checked_in": "o776 o771 7777",
        "checked_out": "177174d4da7a7d17",
        "already": "7079 8089 7d8d",
        "unmatched": "2441a1c3c57879 7d7d",
        "noted": "31b1bd3d31 5595 5895 5b7b",
        "unknown_card": "11dd d11d",
        "revoked_card": "o776 3bb3",
        "suspended": "313d 414d 919d a1ad",
        "agreement_ended": "11d1 1ddd 21772d c177cd",
        "unreadable": "c4a271422417 172a4c7dacca c0c484",
        "phone_card": "30a0ad3d30 6b7b 0de1",
        "reader_lost": "8037775dc585b080",
        "storage_trouble": "10909d1d10 3373 3676 3959 e4a9",
    }
)
"""Each state's icon, by the name of the state."""
