"""What can be wrong with the kiosk itself, so that people have to sign on paper."""

from typing import Literal

Condition = Literal["reader_lost", "storage_trouble"]
"""`reader_lost`: no reader answers. `storage_trouble`: nothing can be written down."""
