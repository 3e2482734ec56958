"""Which service counts for an award: from which day years, between which days hours (R-081 to R-083, R-091)."""

from datetime import date, timedelta
from typing import NamedTuple

from domain.calendar import add_years
from projections.evaluation.awards.dates import find_end_of_last_month, find_latest
from projections.evaluation.awards.facts import AwardFacts, HonorCard, Question
from projections.evaluation.awards.hours import find_seniority_start
from projections.evaluation.awards.rules import MINUTES, SENIOR_AGE, AwardRule


class Window(NamedTuple):
    """Which service is counted."""

    seniority_from: date | None
    """None: no training is on file, and no start is attested."""
    hours_from: date | None
    """None: from the first."""
    hours_until: date


def find_window(rule: AwardRule, facts: AwardFacts, question: Question) -> Window:
    """Which service of a volunteer counts for an award on a day."""
    if rule.standard:
        standard = find_standard(rule, question)
        return Window(None, standard.hours_from, standard.hours_until)
    start = find_seniority_start(facts, rule, question)
    until = find_latest(rule.counted_until, question.at) if rule.counted_until else question.at
    if rule.counted_once and (card := find_last_card(facts, question.at)):
        return _find_window_after_card(card, question)
    if rule.count_from_65 and facts.birth_date:
        turning = add_years(facts.birth_date, SENIOR_AGE).replace(day=1)
        return Window(start and max(start, turning), turning, until)
    return Window(start, start if rule.hours_since_seniority else rule.hours_from, until)


class YearlyStandard(NamedTuple):
    """What the unit asks of everybody in a year, up to a day (R-082, R-115)."""

    hours_from: date
    hours_until: date
    minutes: int


def find_standard(rule: AwardRule, question: Question) -> YearlyStandard:
    """The standard of a row: up to the last day of the month before the meeting, or up to the day (R-082, R-115)."""
    if rule.standard == "reward_standard":
        until, standard = find_end_of_last_month(question.at), question.policy.reward_standard
        return YearlyStandard(until.replace(month=1, day=1), until, standard.duties * standard.minutes * until.month)
    required = (question.policy.annual_required_hours or 0) * MINUTES
    return YearlyStandard(question.at.replace(month=1, day=1), question.at, required)


def _find_window_after_card(card: HonorCard, question: Question) -> Window:
    """Nothing is counted twice (R-083); how that is done differs by authority."""
    match question.policy.honor_card_policy:
        case "hualien_system":
            begin = card.approved_on + timedelta(days=1)
        case "ntpc_rolling":
            begin = add_years(card.expires_on, -3) + timedelta(days=1)
            return Window(begin, begin, min(card.expires_on, find_end_of_last_month(question.at)))
        case "day_after_counted_through":
            begin = card.counted_through + timedelta(days=1)
    return Window(begin, begin, question.at)


def find_expiry(rule: AwardRule, facts: AwardFacts, question: Question) -> date | None:
    """Until when what would be given on the day is valid; None: for good (R-083)."""
    if not rule.valid_years:
        return None
    begin, card = question.at, find_last_card(facts, question.at)
    if card and question.policy.honor_card_policy == "hualien_system":
        begin = max(begin, card.expires_on)
    return add_years(begin, rule.valid_years)


def find_last_card(facts: AwardFacts, at: date) -> HonorCard | None:
    """The honor card that was approved last, up to a day."""
    return next((card for card in reversed(facts.honor_cards) if card.approved_on <= at), None)
