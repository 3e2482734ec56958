"""Composes the sections of the desk over a home: each is a folder of its own, with its pages and their source."""

from kiosk.accounts.accounts import Accounts
from kiosk.accounts.api_tokens import ApiTokenDirectory
from kiosk.desk.api.pages import ApiPages
from kiosk.desk.api.read import ReadModels
from kiosk.desk.app import Section
from kiosk.desk.assessment.pages import AssessmentPages
from kiosk.desk.assessment.source import AssessmentSource
from kiosk.desk.audit.difference_pages import DifferencePages
from kiosk.desk.audit.head_source import HeadSource
from kiosk.desk.audit.list_pages import ListPages
from kiosk.desk.audit.pages import AuditPages
from kiosk.desk.audit.playback_pages import PlaybackPages
from kiosk.desk.audit.playback_source import PlayedDays
from kiosk.desk.audit.source import AuditSource
from kiosk.desk.awards.pages import AwardPages
from kiosk.desk.awards.source import AwardSource
from kiosk.desk.cases.pages import CasePages
from kiosk.desk.cases.source import CaseSource
from kiosk.desk.confirmation import Confirmation
from kiosk.desk.documents.pages import DocumentPages
from kiosk.desk.documents.source import DocumentDesk
from kiosk.desk.feeds.pages import FeedPages
from kiosk.desk.feeds.source import FeedSource
from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.desk.importing.pages import ImportPages
from kiosk.desk.importing.source import ImportSource
from kiosk.desk.meetings.pages import MeetingPages
from kiosk.desk.meetings.source import MeetingSource
from kiosk.desk.ministry.pages import MinistryPages
from kiosk.desk.ministry.source import MinistrySource
from kiosk.desk.month.pages import MonthPages
from kiosk.desk.month.source import MonthSource
from kiosk.desk.muster.pages import MusterPages
from kiosk.desk.muster.source import MusterSource
from kiosk.desk.people.insurance_pages import InsurancePages
from kiosk.desk.people.insurance_source import InsuranceSource
from kiosk.desk.people.pages import PeoplePages
from kiosk.desk.people.source import HomePeople
from kiosk.desk.plan.changes import PlanChanges
from kiosk.desk.plan.desk_session_pages import DeskSessionPages
from kiosk.desk.plan.desk_sessions import DeskSessionSource
from kiosk.desk.plan.pages import PlanPages
from kiosk.desk.plan.source import PlanSource
from kiosk.desk.plan.work import WorkSource
from kiosk.desk.plan.work_pages import WorkPages
from kiosk.desk.served.pages import ServedPages
from kiosk.desk.served.source import ServedSource
from kiosk.desk.spot_checks.pages import SpotCheckPages
from kiosk.desk.spot_checks.source import SpotCheckSource
from kiosk.desk.tours.pages import TourPages
from kiosk.desk.tours.source import TourSource
from kiosk.desk.unit.account_pages import AccountPages
from kiosk.desk.unit.kiosk_pages import KioskPages
from kiosk.desk.unit.kiosk_source import KioskSource
from kiosk.desk.unit.leader_pages import LeaderPages
from kiosk.desk.unit.ledger_source import LedgerSource
from kiosk.desk.unit.pages import UnitPages
from kiosk.desk.unit.policy_pages import PolicyPages
from kiosk.desk.unit.service_plan_pages import ServicePlanPages
from kiosk.desk.unit.source import UnitSource
from kiosk.desk.what_if.pages import WhatIfPages
from kiosk.desk.what_if_source import WhatIfSource


def build_sections(reader: HomeReader, accounts: Accounts, commands: HomeCommands) -> list[Section]:
    """The sections of the desk, each over its source, beside today and what needs a person."""
    confirmation = Confirmation(accounts)
    models, audit = ReadModels(reader), AuditSource(reader)
    return [
        *_build_planning(reader, commands),
        ImportPages(ImportSource(reader, commands)),
        PeoplePages(HomePeople(reader, commands), confirmation),
        MusterPages(MusterSource(reader, commands)),
        MonthPages(MonthSource(reader, commands)),
        AssessmentPages(AssessmentSource(reader, commands)),
        CasePages(CaseSource(reader, commands)),
        AwardPages(AwardSource(reader, commands)),
        AuditPages(audit, HeadSource(reader)),
        DifferencePages(audit),
        ListPages(models.list_rows),
        WhatIfPages(WhatIfSource(reader)),
        DocumentPages(DocumentDesk(reader, commands), confirmation),
        PlaybackPages(PlayedDays(reader.home)),
        ServedPages(ServedSource(reader, commands)),
        MinistryPages(MinistrySource(reader, commands), confirmation),
        InsurancePages(InsuranceSource(reader, commands)),
        SpotCheckPages(SpotCheckSource(reader, commands)),
        *_build_unit(reader, accounts, commands, confirmation),
        ApiPages(ApiTokenDirectory(reader.home), commands, models),
    ]


def _build_planning(reader: HomeReader, commands: HomeCommands) -> list[Section]:
    plan, changes = PlanSource(reader), PlanChanges(reader.home, commands)
    return [
        FeedPages(FeedSource(reader)),  # before the plan, whose duties have any name behind /plan/duty/
        PlanPages(plan, changes),
        WorkPages(WorkSource(reader, commands)),
        DeskSessionPages(DeskSessionSource(reader, commands)),
        TourPages(TourSource(reader, commands), plan, changes.search),
        MeetingPages(MeetingSource(reader, commands)),
    ]


def _build_unit(
    reader: HomeReader, accounts: Accounts, commands: HomeCommands, confirmation: Confirmation
) -> list[Section]:
    unit, ledgers = UnitSource(reader, commands), LedgerSource(reader, commands)
    return [
        UnitPages(unit),
        PolicyPages(unit, WhatIfSource(reader), confirmation),
        KioskPages(KioskSource(reader, commands)),
        AccountPages(accounts, confirmation),
        ServicePlanPages(ledgers),
        LeaderPages(ledgers, PlanChanges(reader.home, commands).search),
    ]
