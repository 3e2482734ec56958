"""What the interface of the desk answers to other systems, and how its document describes it, in English."""

from kiosk.words.sentence import ProgramSentence


class ApiText(ProgramSentence):
    """Why a request is not carried out."""

    NO_TOKEN = "give a token that is known: Authorization: Bearer TOKEN (`kiosk token issue`)"
    NO_SCOPE = "this token is not for {scope}: have one issued with that scope"
    NO_COMMAND = "there is no command {do}: /api/openapi.json lists those there are"
    NO_ADDRESS = "there is nothing at this address: /api/openapi.json lists what there is"
    NO_METHOD = "send this with {method}"
    NOT_AN_OBJECT = "send the fields of the command as one JSON object, each field once"
    NOT_TAKEN = "leave {name} out: the address, the token and the header Idempotency-Key say it, or nothing may"
    TOO_LARGE = "a command has at most {most} bytes"
    PARAMETER_TWICE = "give each parameter once"
    UNKNOWN_PARAMETER = "{name} takes {parameters}, not {unknown}"
    DATES_REVERSED = "from ({since}) is after to ({until}): turn them round"
    BAD_MEASURE = "by: month, category, or both with a comma between"
    UNREADABLE = "the home cannot be read or written just now: try again, or look at `kiosk status`"


class ApiDescription(ProgramSentence):
    """How the document describes the interface."""

    TITLE = "Volunteer desk"
    ABOUT = (
        "The commands of batch files and the rows of the read commands, as JSON. A command is written by the system "
        "whose token comes with it; with the header Idempotency-Key it is carried out once, however often it is sent."
    )
    INSTANT = "An instant as ISO 8601 to the second; without an offset it is local to the office."
    DAY = "A date, 2026-11-19, or of the Republic, 115-11-19."
    MONTH = "A month, 2026-11, or of the Republic, 115-11."
    BIRTH_DATE = "A date of birth, 1949-05-01, or of the Republic, 38-05-01."
    NAME = "A full name."
    NATIONAL_ID = "The number of a national or resident ID of Taiwan, whose check digit fits."
    CARD = "The number of a card in any printed form."
    SCOPE = "Scope of the token: {scope}."
    DONE = "Carried out, now or by an earlier request with the same key."
    ROWS = "The rows."
    BAD_PARAMETER = "A parameter that cannot be used."
    NO_TOKEN = "No token, or one that is not known."
    NO_SCOPE = "The token is not for this."
    TOO_LARGE = "Too large a body."
    REFUSED = "A rule refuses it; the refusal is recorded."
    UNUSABLE = "Written wrongly; nothing was recorded."
    UNAVAILABLE = "The home cannot be read or written just now."
    VISITS = "Visits, with what is credited."
    DUTIES = "Duties and their outcomes."
    HOURS = "Credited minutes; `by` may name month and category."
    ABSENCES = "Absences, unexcused and excused."
    EXITS = "Exit cases."
    PENDING = "What needs a person, of today and of all days before."
    PRESENCE = "Who is in."
    VOLUNTEERS = "Everybody who was ever enrolled, name masked."
