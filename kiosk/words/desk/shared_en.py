"""The words of the desk's pages in English."""

from dataclasses import replace

from kiosk.words.desk.shared_words import DeskWords
from kiosk.words.staff_en import ROSTER

DESK = DeskWords(
    language="en",
    title="Volunteer desk",
    log_in="Log in",
    name="Account",
    password="Password",
    log_out="Log out",
    wrong="The account or the password is wrong. Try again.",
    wait="Too many wrong attempts. Try again in {minutes} min.",
    roles={
        "leader": "team leader",
        "coordinator": "coordinator",
        "registrar": "registrar",
        "unit_head": "unit head",
        "auditor": "auditor",
    },
    today="Today",
    needs_attention="Needs attention today",
    duties="Duties",
    updated="As of {time}",
    connection_lost="The connection is lost and the page stands still. Reload it.",
    stalled="The log cannot be read just now; the page may be old. Trying again.",
    back="Back to today",
    problem_title="Cannot be shown",
    problems={
        "forbidden": "The role of this account may not see this page.",
        "not_found": "There is no such page.",
        "form_expired": "This form has expired, nothing was changed. Go back, reload the page and try again.",
        "too_large": "What was sent is too large, nothing was changed.",
        "not_a_form": "Only the forms of these pages are accepted here, nothing was changed.",
        "unreadable": "The log cannot be read just now. Try again, or have an administrator run kiosk status.",
        "failed": "The program failed; kiosk.log says more. Tell an administrator.",
    },
    menu={
        "today": "Today",
        "people": "Volunteers",
        "plan": "Plan",
        "muster": "In the building",
        "cases": "Exit cases",
        "audit": "Audit",
        "documents": "Documents",
        "unit": "Unit",
    },
    menu_label="Sections",
    other_language="zh-TW",
    other_language_name="中文",
    session_ended="You were logged out after half an hour. What you typed is kept: log in to send it.",
    kept_title="Not sent yet",
    kept_text="What you typed before the login is still here. Nothing has been changed so far.",
    send_kept="Send it now",
    discard_kept="Discard it",
    sent_already="This form was sent already; it was carried out once.",
    own_password="Your password",
    own_password_hint="Important changes ask for your own password again.",
    wrong_password="The password is wrong, nothing was changed.",
    roster=replace(ROSTER, no_alerts="Today no duty is uncovered, nobody is late and no check-out is missing so far"),
)
