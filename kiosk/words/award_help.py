"""The help of `kiosk awards`, in English."""

from typing_extensions import override

from kiosk.words.sentence import Sentence


class AwardHelp(Sentence):
    """The command and its options."""

    AWARDS = "Candidates for awards, certificates and honor cards on a day: met, or what a person must attest."
    OPTION_CATALOGUE = "The awards of the year and their sources instead."
    OPTION_SHORT = "Also those who lack something."
    OPTION_VOLUNTEER = "Only this volunteer, with what lacks."
    OPTION_AWARD = "Only this award of the catalogue, with those who lack something."
    OPTION_AT = "On which day; of a yearly reward, the day of the meeting. Default: today."

    @override
    def fill(self, **fields: object) -> str:
        """The English text: the help finds its language when it is printed."""
        return self.value.format(**fields)
