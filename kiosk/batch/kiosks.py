"""Lines about the kiosks that joined: an alarm is settled, a key revoked, each with author and reason."""

from typing_extensions import override

from devices.faults import ShortText
from kiosk.batch.command import CommandContext, SignedCommand


class SettleKioskAlarm(SignedCommand, tag="settle_kiosk_alarm"):
    """A kiosk that was stopped is heard again."""

    kiosk: ShortText

    @override
    def run(self, context: CommandContext) -> None:
        from domain.use_cases.source_intake import SourceIntake  # noqa: PLC0415 - loads cryptography, for few batches

        intake = SourceIntake(context.home.log, context.home.clock)
        log_id = intake.load_register().find_by_name(self.kiosk).log_id
        intake.settle_alarm(log_id, context.keep_note(self.reason), context.act)


class RevokeKiosk(SignedCommand, tag="revoke_kiosk"):
    """Nothing more is taken from a kiosk; what it sent counts on."""

    kiosk: ShortText

    @override
    def run(self, context: CommandContext) -> None:
        from domain.use_cases.source_intake import SourceIntake  # noqa: PLC0415 - the same

        intake = SourceIntake(context.home.log, context.home.clock)
        log_id = intake.load_register().find_by_name(self.kiosk).log_id
        intake.revoke(log_id, context.keep_note(self.reason), context.act)
