"""What `kiosk bundle` says, in English: its help, and why there is no bundle."""

from typing_extensions import override

from kiosk.words.sentence import Sentence


class BundleHelp(Sentence):
    """The command and its options."""

    BUNDLE = (
        "Write the evidence of YEAR for an evaluation as a ZIP file: every document of its months, half-years and of "
        "the year, and the sheets of its spot checks, each as PDF and one CSV file a table, names masked, with an "
        "index of their codes.\n\n"
        "With --from and --to in place of YEAR, the evidence of these days for an outsider who trusts nobody here: "
        "statements, corrections with author and reason, the events behind them with proofs, and a program that "
        "checks it all with Python alone.\n\nAs of the same instant the file is the same, byte for byte, unless "
        "something of a person (name, birth date, …), or a setting of how names are shown, was changed. What begins "
        "later is left out."
    )
    OPTION_FILE = "The new ZIP file, that only its owner can read."
    OPTION_ONLY = "Only this document; may be given several times."
    OPTION_SINCE = "The first service day of the evidence."
    OPTION_UNTIL = "The last service day of the evidence."
    OPTION_BY = "Who hands the documents out."

    @override
    def fill(self, **fields: object) -> str:
        """The English text: the help finds its language when it is printed."""
        return self.value.format(**fields)


class BundleText(Sentence):
    """Why there is none, and what is in it."""

    YEAR_OR_PERIOD = "name a YEAR, or --from and --to without YEAR, --only and --by"
    NOT_A_YEAR = "YEAR is a year, such as 2026 or 115, not `{text}`"
    NOT_BEGUN = "{period} begins after {today}: there is nothing to prove of it"
    NOT_A_ZIP = "a bundle is written as .zip: give the file such an ending"
    NOT_IN_BUNDLE = "`{name}` is no document of a month, a half-year or a year: these are {names}"
    WRITTEN = "{path}: {count} {count:document|documents} of {year}, up to position {position}"
