"""What was taken of the kiosks that joined, proved again: their own chains, and that a row stands beside each event."""

from domain.clock import MachineClock
from domain.log.event_log import EventLog
from domain.use_cases.joined_kiosks import load_kiosk_states
from kiosk.errors import EXIT_NO, UserError
from kiosk.words.command_line import CommandLineText
from kiosk.words.kiosks import KioskText
from kiosk.words.log_errors import explain_fault


def find_source_fault(log: EventLog) -> str | None:
    """What is wrong with what was taken; None where nothing is. Raises: CannotRead.

    A row of a log that never joined, a kiosk whose chain or signatures do not fit, or an event of one without its row.
    """
    named = log.sources.list_names()  # before the register: a kiosk that joins meanwhile is no stranger
    states = load_kiosk_states(log)
    if strangers := set(named) - {str(state.source.log_id) for state in states}:
        return KioskText.UNKNOWN_SOURCE.fill(source=min(strangers))
    if not states:
        return None
    from domain.use_cases.source_intake import SourceIntake  # noqa: PLC0415 - loads cryptography, for hubs alone

    intake = SourceIntake(log, MachineClock())
    for state in states:
        verdict = intake.verify(state.source.log_id)
        if verdict.fault:
            kiosk, fault = state.source.kiosk, explain_fault(verdict.fault)
            return KioskText.SOURCE_FAULT.fill(kiosk=kiosk, position=verdict.first_bad, fault=fault)
    if found := intake.find_event_without_row():
        kiosk, position = found
        return KioskText.EVENT_WITHOUT_ROW.fill(kiosk=kiosk, position=position)
    return None


def demand_proved_sources(log: EventLog) -> None:
    """Prove them before the nightly job. Raises: UserError."""
    if fault := find_source_fault(log):
        raise UserError(CommandLineText.NOTHING_RECONCILED.fill(verdict=fault), EXIT_NO)
