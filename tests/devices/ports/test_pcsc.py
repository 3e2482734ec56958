"""Readers of the PC/SC service, on the real service with virtual cards."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from devices.faults import CardFault, Fault, PortFault
from devices.ports import pcsc_library
from devices.ports.pcsc_library import NO_SERVICE, PcscError
from devices.profiles.notation import RawBytes
from devices.profiles.profile import Profile
from devices.protocols.apdu import ApduDecoder
from devices.readers import pcsc_reader as pcsc
from devices.readers.events import InputUnreadable, ReaderLost
from devices.readers.pcsc_reader import PcscReader
from tests.devices.ports.virtual_pcsc import READER, SECOND_READER, PcscDaemon, VirtualCard, skip_reason
from tests.devices.readers.listener import Listener

PROFILE = Profile(name="pcsc", about="any PC/SC reader", tech="A", framing=ApduDecoder, notation=RawBytes())


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PcscDaemon]:
    if reason := skip_reason():
        pytest.skip(reason)
    with PcscDaemon(tmp_path_factory.mktemp("pcsc")) as running:
        yield running


def listening(wanted: str = "") -> Listener:
    return Listener(make=partial(PcscReader, "door", wanted, PROFILE))


def test_a_card_is_its_whole_number_whatever_its_length(service: PcscDaemon) -> None:
    with listening() as listener:
        assert listener.collect_events(1) == ["ready"]
        for uid in ("26DEFAE7", "04416D412B0289"):
            with VirtualCard(uid):
                assert listener.collect_events(1) == [f"A:{uid}"]


def test_a_card_that_lies_on_the_reader_is_presented_once(service: PcscDaemon) -> None:
    with listening() as listener:
        listener.collect_events(1)
        with VirtualCard("26DEFAE7"):
            listener.collect_events(1)
            for _ in range(2):
                listener.clock.seconds += 0.9
                listener.clock.wait_until_read()
        with VirtualCard("04416D412B0289"):
            assert listener.collect_events(1) == ["A:04416D412B0289"]


def test_a_restarted_service_does_not_silence_the_reader(service: PcscDaemon) -> None:
    with listening() as listener:
        assert listener.collect_events(1) == ["ready"]
        for uid in ("26DEFAE7", "86CFD936"):
            service.stop()
            assert listener.collect_events(1) == ["lost"]
            service.start()
            assert listener.collect_events(1) == ["ready"]
            with VirtualCard(uid):
                assert listener.collect_events(1) == [f"A:{uid}"]


def test_a_service_that_does_not_run_says_how_to_start_it(service: PcscDaemon) -> None:
    service.stop()
    try:
        with listening() as listener:
            assert listener.next_event() == ReaderLost("door", Fault(PortFault.PCSC_NOT_RUNNING))
    finally:
        service.start()


def test_readers_are_told_apart_by_name(service: PcscDaemon) -> None:
    with listening(READER) as first, listening(SECOND_READER) as second, listening("virtual") as both:
        for listener in (first, second, both):
            assert listener.collect_events(1) == ["ready"]
        with VirtualCard("26DEFAE7"), VirtualCard("86CFD936", slot=1):
            assert first.collect_events(1) == ["A:26DEFAE7"]
            assert second.collect_events(1) == ["A:86CFD936"]
            assert sorted(both.collect_events(2)) == ["A:26DEFAE7", "A:86CFD936"]


def test_a_name_that_no_reader_has_is_lost(service: PcscDaemon) -> None:
    with listening("ACR122U") as listener:
        assert listener.next_event() == ReaderLost("door", Fault(PortFault.PCSC_READER_MISSING))


def test_a_card_that_tells_no_number_says_what_to_do(service: PcscDaemon) -> None:
    with listening() as listener:
        listener.collect_events(1)
        with VirtualCard("", status=b"\x6a\x81"):
            assert listener.next_event() == InputUnreadable("door", Fault(CardFault.CARD_WITHOUT_UID))


def test_stopping_ends_a_thread_that_waits_for_a_card(service: PcscDaemon) -> None:
    with listening() as listener:
        listener.collect_events(1)
        listener.reader.stop()
        assert not listener.reader.running


class DyingService:
    """The service dies between taking a program in and listing its readers."""

    released = 0

    def list_readers(self) -> list[str]:
        raise PcscError(NO_SERVICE)

    def release(self) -> None:
        type(self).released += 1


def test_a_service_that_dies_while_a_reader_opens_is_told_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcsc, "PcscService", DyingService)
    with listening() as listener:
        assert listener.next_event() == ReaderLost("door", Fault(PortFault.PCSC_NOT_RUNNING))
        assert listener.reader.running
    assert DyingService.released > 0


def test_a_machine_without_pc_sc_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcsc_library, "LIBRARY", str(Path("libno-such-library.so.1")))
    pcsc_library._load_library.cache_clear()
    with listening() as listener:
        assert listener.next_event() == ReaderLost("door", Fault(PortFault.PCSC_NOT_INSTALLED))
    pcsc_library._load_library.cache_clear()
