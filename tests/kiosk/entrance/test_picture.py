"""The picture in the README is the screen as it is drawn today; `make picture` draws it again."""

from functools import cache
from xml.etree import ElementTree as ET

import pytest

from docs.pictures.entrance import OPTIONS, PICTURE, build_scenes, render_gallery

SVG = "{http://www.w3.org/2000/svg}"
LARGEST = 150_000
"""Bytes: a picture that everybody loads who opens the README."""


@cache
def drawn() -> str:
    """The picture of now. A machine that is busy may take more than the second in which a tap has to be written."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("kiosk.entrance.recording_queue.RECORD_SECONDS", 60.0)
        return render_gallery()


def test_the_stored_picture_is_what_the_entrance_draws() -> None:
    assert PICTURE.read_text(encoding="utf-8") == drawn(), "compare the two, then `make picture`"


def test_it_shows_every_scene_with_the_name_of_the_unit() -> None:
    screens = ET.fromstring(drawn()).findall(f"{SVG}svg")  # noqa: S314 - our own drawing
    words = ["".join(text.text or "" for text in screen.iter(f"{SVG}text")) for screen in screens]
    assert len(screens) == len(build_scenes())
    assert all(OPTIONS.unit in word for word in words)


def test_it_stays_small() -> None:
    assert PICTURE.stat().st_size < LARGEST
