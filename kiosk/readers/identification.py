"""Identifying a reader: three cards are held to it and their numbers typed; the result is a `[[reader]]` block.

Rule: bytes stay in memory and are dropped with the verdict. Every profile that explains the cards is named. Numbers of
cards are masked; only `watch` shows one whole. kiosk.toml is replaced only by a file that was parsed.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from devices.ports.serial_port import Port
from devices.profiles.detection import (
    Capture,
    DetectionResult,
    Disagreement,
    Piece,
    ProfileMatch,
    TapSample,
    find_distinguishing_bytes,
    identify,
    is_readable,
    read_card,
)
from devices.profiles.profile import Profile
from devices.profiles.typed_number import TypedNumber
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import write_atomically
from kiosk.readers.configured import find_loss
from kiosk.readers.listening import (
    QUIET_SECONDS,
    CandidatePort,
    Probe,
    find_polled_reader,
    poll_for_card,
    poll_until_removed,
    wait_for_tap,
    wait_until_quiet,
)
from kiosk.settings import Settings, load_settings
from kiosk.words.errors import HomeText
from kiosk.words.readers import ReaderText

CARDS = 3
"""Cards to tap: one may look alike in two notations, three hardly ever."""
FIRST_NAME = "door"
"""Of a reader that is not named by the operator."""


@dataclass(frozen=True, slots=True)
class OperatorDialog:
    """The operator's side of the conversation."""

    say: Callable[[str], None]
    """Print an instruction."""
    ask_number: Callable[[int], TypedNumber]
    """The number of the n-th card; waits for the operator."""
    timeout: float
    """Seconds to wait for a tap."""
    ask_again: Callable[[int], TypedNumber | None] | None = None
    """The number of the n-th card in another form, None for none; itself None where the operator cannot be asked."""


@dataclass(frozen=True, slots=True)
class Identification:
    """The port that has the reader, and the profiles that explain its cards."""

    candidate: CandidatePort
    verdict: DetectionResult


def identify_reader(
    candidates: Sequence[CandidatePort], profiles: Mapping[str, Profile], dialog: OperatorDialog
) -> Identification:
    """Have three cards held to the reader at one of some ports. Raises: UserError, PortError."""
    dialog.say(ReaderText.LISTENING.fill(ports=", ".join(candidate.address_text for candidate in candidates)))
    probe = find_polled_reader(candidates, profiles)
    candidate, taps = (
        _collect_polled_taps(probe, profiles, dialog) if probe else _collect_streamed_taps(candidates, profiles, dialog)
    )
    return Identification(candidate, _ask_until_decided(taps, profiles, dialog))


def _ask_until_decided(
    taps: list[TapSample], profiles: Mapping[str, Profile], dialog: OperatorDialog
) -> DetectionResult:
    """The verdict; where the numbers leave it open they are asked for again, and no card need be held again."""
    verdict, ask = identify(taps, profiles), dialog.ask_again
    while ask and verdict.best is None and verdict.readable_by:
        dialog.say(_format_open(verdict))
        dialog.say(ReaderText.TYPE_AGAIN.fill())
        typed = ((card, number) for card in range(len(taps)) if (number := ask(card + 1)))
        card, number = next(typed, (0, None))
        if number is None:
            break
        taps[card] = replace(taps[card], number=number)
        verdict = identify(taps, profiles)
    return verdict


# --- The taps of a reader that is polled ---


def _collect_polled_taps(
    probe: Probe, profiles: Mapping[str, Profile], dialog: OperatorDialog
) -> tuple[CandidatePort, list[TapSample]]:
    dialog.say(ReaderText.POLLED_READER_FOUND.fill(name=probe.profile.name))
    poller, taps = probe.profile.build_poller(), list[TapSample]()
    with probe.candidate.open_at(probe.speed) as port:
        while poller and len(taps) < CARDS:
            _ask_for_card(len(taps) + 1, port, dialog)
            pieces = poll_for_card(port, poller, dialog.timeout)
            if not pieces:
                raise _build_silence_error([probe.candidate], dialog.timeout)
            dialog.say(ReaderText.CARD_READ.fill())
            poll_until_removed(port, poller)
            taps += _add_number(Capture(pieces, probe.speed, probe.profile.name), taps, profiles, dialog)
    return probe.candidate, taps


# --- The taps of a reader that sends by itself ---


def _collect_streamed_taps(
    candidates: Sequence[CandidatePort], profiles: Mapping[str, Profile], dialog: OperatorDialog
) -> tuple[CandidatePort, list[TapSample]]:
    candidate, first = _read_first_tap(candidates, profiles, dialog)
    taps = list(_add_number(first, [], profiles, dialog))
    with candidate.open_at(first.baud) as port:
        while len(taps) < CARDS:
            _ask_for_card(len(taps) + 1, port, dialog)
            pieces = _read_tap({candidate: port}, dialog)[1]
            capture = Capture(pieces, first.baud, from_keyboard=candidate.is_keyboard)
            taps += _add_number(capture, taps, profiles, dialog)
    return candidate, taps


def _read_first_tap(
    candidates: Sequence[CandidatePort], profiles: Mapping[str, Profile], dialog: OperatorDialog
) -> tuple[CandidatePort, Capture]:
    """Listen at one speed after the other until the bytes are a card. Raises: UserError, when they never are."""
    for speed in dict.fromkeys(speed for candidate in candidates for speed in candidate.speeds):
        candidate, pieces = _read_tap_at(speed, candidates, dialog)
        capture = Capture(pieces, speed, from_keyboard=candidate.is_keyboard)
        if is_readable(capture, profiles):
            return candidate, capture
        candidates = [candidate]
        if candidate.speeds == (None,):
            break
        dialog.say(ReaderText.NO_CARD_AT_THIS_SPEED.fill())
    raise UserError(ReaderText.NO_PROFILE_READS_PORT.fill(port=candidates[0].address_text), EXIT_NO)


def _read_tap_at(
    speed: int | None, candidates: Sequence[CandidatePort], dialog: OperatorDialog
) -> tuple[CandidatePort, tuple[Piece, ...]]:
    with ExitStack() as open_ports:
        ports = {candidate: open_ports.enter_context(candidate.open_at(speed)) for candidate in candidates}
        dialog.say(ReaderText.HOLD_CARD_TO_IDENTIFY.fill(card=1, cards=CARDS))
        return _read_tap(ports, dialog)


def _read_tap(ports: Mapping[CandidatePort, Port], dialog: OperatorDialog) -> tuple[CandidatePort, tuple[Piece, ...]]:
    """One tap, read until the card is removed."""
    found = wait_for_tap(ports, dialog.timeout)
    if found is None:
        raise _build_silence_error(list(ports), dialog.timeout)
    candidate, pieces = found
    dialog.say(ReaderText.CARD_READ.fill())
    if pieces[-1].pause < QUIET_SECONDS:
        wait_until_quiet(ports[candidate])
    return candidate, pieces


# --- Both ---


def _ask_for_card(card: int, port: Port, dialog: OperatorDialog) -> None:
    """Ask for the n-th card; bytes that came while a number was typed are dropped."""
    port.discard()
    dialog.say(ReaderText.HOLD_CARD_TO_IDENTIFY.fill(card=card, cards=CARDS))


def _add_number(
    capture: Capture, earlier: list[TapSample], profiles: Mapping[str, Profile], dialog: OperatorDialog
) -> Iterator[TapSample]:
    """The tap with its number; nothing for a card that was held before."""
    if any(_is_same_card(capture, tap.captures[0], profiles) for tap in earlier):
        dialog.say(ReaderText.SAME_CARD_AGAIN.fill())
        return
    yield TapSample((capture,), dialog.ask_number(len(earlier) + 1))


def _is_same_card(one: Capture, other: Capture, profiles: Mapping[str, Profile]) -> bool:
    reads = ((read_card(profile, one), read_card(profile, other)) for profile in profiles.values())
    return any(mine is not None and mine == theirs for mine, theirs in reads)


def _build_silence_error(candidates: Sequence[CandidatePort], seconds: float) -> UserError:
    addresses = ", ".join(candidate.address_text for candidate in candidates)
    return UserError(ReaderText.NO_TAP.fill(ports=addresses, seconds=seconds), EXIT_NO)


# --- The verdict, as text ---

_NEEDED_FACTS: Mapping[Disagreement, ReaderText] = {
    "kind": ReaderText.NEEDS_CARD_KIND,
    "order": ReaderText.NEEDS_BYTE_ORDER,
    "number": ReaderText.NEEDS_NUMBER,
}
"""What the operator can add, by what the remaining profiles disagree on."""


def format_verdict(verdict: DetectionResult) -> Iterator[str]:
    """The profile and its alternatives, a line each. Raises: UserError, when the cards do not decide on one."""
    if not verdict.readable_by:
        raise UserError(ReaderText.NO_PROFILE_READS_CARDS.fill(), EXIT_NO)
    if verdict.best is None:
        open_question = _format_open(verdict)
        again = ReaderText.IDENTIFY_AGAIN.fill(undecided=open_question)
        raise UserError(again if verdict.groups else open_question, EXIT_NO)
    yield from _format_best(verdict, verdict.best)


def _format_best(verdict: DetectionResult, best: ProfileMatch) -> Iterator[str]:
    profile = best.profile
    yield f"{profile.name}: {profile.about}"
    yield ReaderText.CARDS_READ.fill(cards=", ".join(card.masked for card in best.cards))
    for other in verdict.groups[0][1:]:
        yield _format_alternative(best, other)
    if verdict.unneeded:
        yield ReaderText.LESSER_PROFILES.fill(names=_format_names(verdict.unneeded))
    if profile.loses:
        yield ReaderText.READER_LOSES.fill(loses=find_loss(profile))


def _format_alternative(best: ProfileMatch, other: ProfileMatch) -> str:
    one, two = best.profile.name, other.profile.name
    if best.profile.tech != other.profile.tech:
        return ReaderText.OTHER_READS_ANOTHER_KIND.fill(two=two, tech=other.profile.tech)
    differ = find_distinguishing_bytes(best.profile, other.profile)
    if differ is None:
        return ReaderText.OTHER_READS_THE_SAME.fill(two=two, one=one)
    sent, sent_to_other = (repr(data.decode("ascii", "replace").strip()) for data in differ)
    return ReaderText.OTHER_READS_CARDS_ALIKE.fill(two=two, sent=sent, one=one, sent_to_other=sent_to_other)


def _format_open(verdict: DetectionResult) -> str:
    """Why the numbers decide on no profile."""
    if not verdict.groups:
        return ReaderText.NUMBERS_DIFFER.fill(profiles=", ".join(verdict.readable_by))
    groups = ReaderText.OR.fill().join(_format_names(group) for group in verdict.groups)
    needed = ReaderText.AND.fill().join(_NEEDED_FACTS[disagreement].fill() for disagreement in verdict.disagreements)
    return ReaderText.UNDECIDED.fill(groups=groups, needed=needed)


def _format_names(matches: tuple[ProfileMatch, ...]) -> str:
    return "/".join(match.profile.name for match in matches)


# --- The block of kiosk.toml ---


def format_reader_block(name: str, port: str, found: ProfileMatch) -> str:
    """The lines to put into kiosk.toml."""
    lines = ["[[reader]]", f"name = {_quote(name)}", f"port = {_quote(port)}"]
    lines.append(f"profile = {_quote(found.profile.name)}")
    if found.baud not in (None, found.profile.baud):
        lines.append(f"baud = {found.baud}")
    return "\n".join(lines) + "\n"


def find_free_name(settings: Settings | None) -> str:
    """A name that no configured reader has."""
    taken = {reader.name for reader in settings.readers} if settings else set[str]()
    names = (FIRST_NAME, *(f"{FIRST_NAME}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def append_block(file: Path, text: str) -> None:
    """Add a block to kiosk.toml. Raises: UserError, and the file is unchanged."""
    before = file.read_text(encoding="utf-8")
    draft = file.with_name(f"{file.name}.new")
    try:
        write_atomically(file, f"{before.rstrip()}\n\n{text}".encode(), draft=draft, check=load_settings)
    except UserError as error:
        raise UserError(ReaderText.SETTINGS_NOT_CHANGED.fill(file=file, error=error), EXIT_NO) from None
    except OSError as error:
        raise UserError(HomeText.CANNOT_WRITE.fill(path=draft, strerror=error.strerror)) from None


def _quote(text: str) -> str:
    """A TOML string; for one line it is quoted as JSON is."""
    return json.dumps(text, ensure_ascii=False)
