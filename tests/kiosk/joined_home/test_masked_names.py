"""Names at a kiosk with a hub: masked, as the hub sent them last, and nothing of who is not among them any more."""

from pathlib import Path
from uuid import UUID

from kiosk.home import Home
from kiosk.text.masking import mask
from kiosk.wire_protocol.messages import MaskedName
from tests.support.people import ANN, BEN


def test_the_names_are_those_that_were_sent_last(side: Path) -> None:
    twin = UUID(bytes=ANN.bytes[:15] + b"\xff")
    with Home.open(side) as home:
        assert home.people.find_names_digest() == b""
        sent = [MaskedName(ANN, "王〇明", "zh-TW"), MaskedName(twin, "M. S.", None), MaskedName(BEN, "阮〇", "vi")]
        home.people.replace_masked_names(sent, b"one")
        assert [home.people.find_name(one) for one in (ANN, twin, BEN)] == ["王〇明", "M. S.", "阮〇"]
        assert (home.people.find_language(BEN), home.people.find_names_digest()) == ("vi", b"one")
        assert home.people.find_number(ANN) != home.people.find_number(twin)
        home.people.replace_masked_names(sent[:1], b"two")
        assert (home.people.find_name(BEN), home.people.find_names_digest()) == (None, b"two")
    assert "阮".encode() not in b"".join(file.read_bytes() for file in side.glob("people.db*"))


def test_a_masked_name_is_shown_as_it_is() -> None:
    for name in ("王〇明", "王〇", "歐陽〇〇", "M. 〇"):
        assert mask(name, "surname-only") == mask(name, "surname-and-last") == name
    assert mask("M. S.", "surname-and-last") == "M. S."
