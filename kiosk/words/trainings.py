"""The sentences about `trainings.toml` and about trainings that are recorded."""

from kiosk.words.sentence import Sentence

CATEGORY_SUFFIX = "類"
"""What some offices write behind a category: 戶政類 is 戶政."""


class TrainingsText(Sentence):
    """What is wrong with a table of requirements or a training, and what is remarked on one that was recorded."""

    CATEGORIES_ARE_OF_SPECIAL = (
        "the field `categories` names what a special training is for: each has it, and no other kind"
    )
    ROW_TWICE = "there are two rows for {name!r}: leave one"
    BASIC_NEEDS_MODULES = "basic training is complete by its modules: give each course a `module`"
    MODULES_ARE_OF_BASIC = "only a course of basic training is a `module`: take it out, `hours` says what is needed"
    NOTHING_NEEDED = "the field `hours` is missing: it says what all sessions must add up to"
    MODULES_OF_BASIC_ONLY = "only a basic training has modules: take `modules` out, and say `hours`"
    TRAINING_OF_SESSION = "`training` names the training of a session of the kind training, and of no other"
    SESSION_TRAINING_RECORDED = "volunteers for whom the training is on file now: {count}"
    NOT_COMPLETE = "on file; the training is complete once its sessions add up to {needed} {needed:hour|hours}"
    MODULES_MISSING = "on file; the training is complete once each of its modules is done: {modules}"
