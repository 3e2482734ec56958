"""Awards in words, in English: what lacks, what must be attested, why not."""

from datetime import date

from kiosk.words.sentence import Sentence
from projections.evaluation.awards.results import AwardResult, Lack

MINUTES = 60


class LackText(Sentence):
    """What lacks, by the kinds of `Lack`."""

    HOURS = "{hours} h {minutes} min more"
    SENIORITY = "the years are complete on {until}"
    CONTINUITY = "service was interrupted too long"
    AGE = "old enough on {until}"
    TRAINING = "no completed training is on file"
    CERTIFICATE = "no performance certificate"
    RECORD_BOOK = "no record book"
    BADGE = "no service certificate (badge)"
    SERVICE = "no service in this category"
    ASSESSMENT = "no assessment of these months"
    MEMBERS = "{people} {people:member|members} more"
    ESTABLISHED = "the team is old enough on {until}"
    INSURED = "{people} insured {people:member|members} more"
    RECORD_BOOKS = "{people} {people:member|members} with a record book more"
    SENIORS = "{people} {people:member|members} of 65 or more"
    OF_MEMBER = "{volunteer}: {lack}"


class GapText(Sentence):
    """What is not on file and so must be looked up, by name."""

    BIRTH_DATE = "the birth date is not on file: check the age"
    RECORD_BOOK = "holds a record book (not on file)"
    BADGE = "holds a service certificate (not on file)"
    CITY = "this unit is in {city}"
    ESTABLISHED = "when the team was established (not on file)"
    INSURED = "how many are insured (not on file)"
    RECORD_BOOKS = "how many have a record book (not on file)"
    SENIORS = "how many are 65 or older (a birth date is not on file)"
    INSTEAD = "or instead: {words}"


class BlockText(Sentence):
    """Why an award cannot be given on that day, by the kinds of `Block`."""

    NOT_IN_SERVICE = "not in service"
    RECEIVED = "received before; it is given once"
    RECEIVED_LATELY = "received lately; again from {until} on"


def format_lack(lack: Lack, number: str | None = None) -> str:
    """One thing that lacks; `number` is that of the family member who lacks it."""
    hours, minutes = divmod(lack.minutes or 0, MINUTES)
    until = lack.until and lack.until.isoformat()
    text = LackText[lack.kind.upper()].fill(hours=hours, minutes=minutes, people=lack.people, until=until)
    return LackText.OF_MEMBER.fill(volunteer=number, lack=text) if number else text


def format_condition(name: str, words: str) -> str:
    """A condition to attest: the words of the catalogue, or what is not on file."""
    gap = name.upper()
    return GapText[gap].fill(city=words) if gap in GapText.__members__ else words


def list_conditions(result: AwardResult) -> list[str]:
    """What a person has yet to attest, and what would do instead of years and hours."""
    needed = [format_condition(name, words) for name, words in result.attest.items()]
    return needed + [GapText.INSTEAD.fill(words=words) for words in result.alternatives.values()]


def format_block(result: AwardResult) -> str | None:
    """Why it cannot be given, or None."""
    if result.blocked_by is None:
        return None
    return BlockText[result.blocked_by.upper()].fill(until=_format_day(result.blocked_until))


def _format_day(day: date | None) -> str:
    return day.isoformat() if day else ""
