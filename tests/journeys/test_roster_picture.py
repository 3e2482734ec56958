"""The picture of the roster in the README is the screen as it is drawn today; `make picture` draws it anew."""

from docs.pictures.roster import PICTURE, render_picture

LARGEST = 60_000
"""Bytes: a picture that everybody loads who opens the README."""


def test_the_stored_picture_is_what_the_roster_draws() -> None:
    assert PICTURE.read_text(encoding="utf-8") == render_picture(), "look at what changed, then `make picture`"


def test_it_stays_small() -> None:
    assert PICTURE.stat().st_size < LARGEST
