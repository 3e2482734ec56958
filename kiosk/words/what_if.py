"""What `kiosk what-if` says, in English: its help, the sum, and why nothing follows from a file."""

from typing_extensions import override

from kiosk.words.sentence import Sentence


class WhatIfHelp(Sentence):
    """The command and its options."""

    SHORT = "whose minutes, duties, cases and awards a policy or a correction would change"
    WHAT_IF = (
        "Show what a policy, or lines of a batch, would change before they are in force: by volunteer the minutes, "
        "duties with another outcome or other minutes late or early, cases that the next night would raise because of "
        "it, or would withdraw or not raise, and awards that may be applied for today or no more, also of families and "
        "of the team; and their sum. "
        "A case that was decided stays; evidence that it had not seen raises another. Other figures, such as those of "
        "reports and allowances, are not compared.\n\n"
        "With --policy, FILE is TOML: a parameter of the policy a line, such as `grace_minutes_in = 15`. With --batch "
        "it is a file as `kiosk apply` takes it, or - for standard input: a visit voided, a shift moved, whatever a "
        "line can say. Its lines are carried out on a copy of the home; a line that would be refused is shown with its "
        "reason. Nothing is written."
    )
    OPTION_POLICY = "The file with the parameters that would change."
    OPTION_BATCH = "The file with the lines that would be carried out now."
    OPTION_FROM = "The service day from which on the policy would be in force."

    @override
    def fill(self, **fields: object) -> str:
        """The English text: the help finds its language when it is printed."""
        return self.value.format(**fields)


class WhatIfText(Sentence):
    """The sum, and why there is none."""

    SUM = (
        "volunteers: {volunteers}; minutes: {minutes_before}, would be {minutes_after} ({change:+}); duties with "
        "other outcomes: {outcomes}, with other minutes late or early: {late_or_early}; cases: +{cases_raised} "
        "-{cases_withdrawn}; awards: +{awards_gained} -{awards_lost}"
    )
    NOTHING = (
        "nobody's total minutes, outcomes, minutes late or early, cases or awards would change; other figures are not "
        "compared"
    )
    NO_CHANGE = "{path} names no parameter: write one a line, such as `grace_minutes_in = 15`"
    ONE_OF_TWO = "give either --policy FILE with --from DATE, or --batch FILE"
    REFUSED = "not every line of {file} would be carried out, so nothing follows from it"
    FAMILY = "family {name}"
    TEAM = "the team"
