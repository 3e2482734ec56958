"""The notices that are sent to coordinators and volunteers, and what is said about sending them, in English."""

from kiosk.words.sentence import Sentence

ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DigestText(Sentence):
    """The daily digest of the coordinator."""

    SUBJECT = "[{unit}] {day}: duties and what needs you"
    TITLE = "{unit}: {day}"
    DUTIES_TODAY = "Duties today, {day}"
    DUTIES_TOMORROW = "Duties tomorrow, {day}"
    NO_DUTIES = "no duties"
    VACANT = "** nobody **"
    SEPARATOR = ", "
    DUTY = "{start}-{end}  {post}{who}"
    POST = "{post}: "
    HOURS = "Hours yesterday, {day}"
    HOURS_SUM = "volunteers: {volunteers}, together {hours} h {minutes} min"
    NO_HOURS = "nobody served"
    PENDING = "What needs you: {count}"
    NOTHING_PENDING = "nothing"
    PENDING_ROW = "{day}  {kind}{who}"
    WHO = "  {who}"
    OF_NO_DAY = "no day"
    MORE = "... and {count} more"
    CHECKS = "The system"
    ALL_WELL = "all is well"
    CHECK = "!! {name}: {detail}"
    FOOTER = "Sent by the check-in system; please do not reply."


class HeadMailText(Sentence):
    """The last signed head of the log, as it is sent to the person who keeps it."""

    SUBJECT = "[{unit}] {day}: head of the log {code}"
    BODY = (
        "This is the head of the log of {unit}, up to event {position}:\n\n  {head}\n  short code {code}\n\n"
        "Please keep this mail and the file {file} attached to it, where the administrator of the check-in machine "
        "cannot change them. If anybody changes or removes one of these events later, the file shows it:\n\n"
        "  kiosk verify --heads {file}"
    )
    FOOTER = "Sent by the check-in system; please do not reply."


class ReminderText(Sentence):
    """The reminder of a volunteer."""

    SUBJECT = "Your duty on {day}"
    GREETING = "Dear {name},"
    GREETING_NAMELESS = "Dear volunteer,"
    BODY = "this is to remind you of your duty at {unit}:"
    DUTY = "{day}  {start}-{end}{post}"
    POST = "  {post}"
    CANNOT_COME = "If you cannot come, please tell us as early as you can."
    THANKS = "Thank you!"
    FOOTER = "Sent by the check-in system; please do not reply."


class NoticeText(Sentence):
    """What `kiosk notify` and the check `notices` report."""

    NONE_CONFIGURED = "no notices are configured: add [notices] to kiosk.toml"
    ALREADY_SENDING = "another program is sending the notices of {path}: wait for it"
    NOTHING_NEW = "nothing would be sent"
    PREVIEW = "To: {address}\nSubject: {subject}\n\n{text}"
    SUMMARY = "sent: {sent}; waiting: {waiting}; given up: {unsent}"
    SERVER_FAILED = "the mail server {host} cannot be used ({reason}): it is tried again at the next run"
    FOLDER_FAILED = "cannot write notices to {folder} ({reason}): it is tried again at the next run"
    QUEUE_FAILED = "cannot write {path} ({reason}): nothing more was sent"
    SIMULATION_SENDS_NO_MAIL = "{path} is a simulation, which sends no mail: set `folder` in [notices]"
    PASSWORD_UNREADABLE = "{path} cannot be read ({reason}): write the password of the mail server into it"
    PASSWORD_UNUSABLE = "{path} holds no password of ASCII characters on its first line: write it there"
    NO_TRUSTED_CERTIFICATE = "its certificate is not trusted"
    SERVER_REFUSES_PASSWORD = "it refuses user and password"
    NO_ENCRYPTION = "it offers no STARTTLS"
    NO_LOGIN = "it offers no login"
    ANSWERED = "it answered {code}"
    CONNECTION_LOST = "the connection was lost"
    TIMED_OUT = "it does not answer"
    NOT_REACHED = "it cannot be reached"


class NoticeStatusText(Sentence):
    """What the check `notices` finds."""

    OFF = "none are configured"
    NEVER_MADE = "none was made yet: run `kiosk notify`, or `kiosk install-service` once more for its timer"
    OVERDUE = "none was made since {at}: look why `kiosk notify` does not run"
    WAITING_LONG = "{count} wait to be sent, since {since}: look what `kiosk notify` says of the mail server"
    UNSENT = "{count} could not be sent since {since} ({reasons}): correct the addresses"
    DAMAGED = "{count} {count:file|files} in {folder} cannot be read: remove {count:it|them}"
    WELL = "sent in the last {days} {days:day|days}: {sent}; waiting: {waiting}"
    REASON_ADDRESS = "no usable address: {count}"
    REASON_REFUSED = "refused with {code}: {count}"
    REASON_TOO_LATE = "too late: {count}"


class NoticeSettingsText(Sentence):
    """What is wrong with [notices] in kiosk.toml."""

    NOT_AN_ADDRESS = "{address!r} is no mail address: write it as name@example.org"
    ADDRESS_TWICE = "an address stands twice in `{field}`: name each once"
    NOTHING_TO_SEND = "[notices] sends nothing: name addresses in `digest_to` or `heads_to`, or set `reminders = true`"
    ONE_WAY = "notices go one way: set either `folder` or [notices.mail]"
    USER_AND_PASSWORD = "`user` and `password_file` belong together: set both, or neither"
    PASSWORD_IN_THE_CLEAR = 'a password is not sent unencrypted: use "starttls" or "tls", or take `user` out'
    NO_SUCH_TIME = "a day has no 24:00 of its own: write a time from 00:00 to 23:59"
