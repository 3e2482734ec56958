"""What `kiosk what-if` says, in English: its help, the sum, and why nothing can be foreseen."""

from typing_extensions import override

from kiosk.words.sentence import Sentence


class WhatIfHelp(Sentence):
    """The command and its options."""

    SHORT = "whose minutes, outcomes, cases and awards a policy would change"
    WHAT_IF = (
        "Show what a policy would change, before it is adopted: by volunteer the minutes, duties with another outcome, "
        "cases that the next night would raise or withdraw, and awards that may be applied for today or no more; and "
        "their sum.\n\nFILE is TOML: a parameter of the policy a line, such as `grace_minutes_in = 15`. Nothing is "
        "written."
    )
    OPTION_POLICY = "The file with the parameters that would change."
    OPTION_FROM = "The service day from which on the policy would be in force."

    @override
    def fill(self, **fields: object) -> str:
        """The English text: the help finds its language when it is printed."""
        return self.value.format(**fields)


class WhatIfText(Sentence):
    """The sum, and what cannot be foreseen."""

    SUM = (
        "{volunteers} volunteers, {minutes_before} minutes would be {minutes_after} ({change:+}), {outcomes} duties "
        "with another outcome, cases +{cases_raised} -{cases_withdrawn}, awards +{awards_gained} -{awards_lost}"
    )
    NOTHING = "nothing would change"
    NO_CHANGE = "{path} names no parameter: write one a line, such as `grace_minutes_in = 15`"
    FILED_ANEW = (
        "a policy that moves the end of the service day files every tap anew: what it would change cannot be foreseen"
    )
