"""Numbers and names of accounts that a person could take for one another: V001 in wide digits or in Cyrillic.

The rule: two texts that are drawn alike have one skeleton (Unicode Technical Standard 39, section 4). The table is
that of the alphabets that look like ours, not the whole one of Unicode: it holds what a keyboard can type.
"""

import unicodedata
from collections.abc import Iterable

from domain.ids import compose
from kiosk.text.typed import narrow

_LOOKALIKES = (
    ("АВЕЅІЈКМНОРСТУХҮѴԌԚԜҺӀаеорсухѕіјһԁԛԝѵ", "ABESIJKMHOPCTYXYVGQWhIaeopcyxsijhdqwv"),  # Cyrillic
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ", "ABEZHIKMNOPTYXaiKvopux"),  # Greek
    ("ՍՏՕհոսցզօ", "UTOhnugqo"),  # Armenian
    ("ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᏚᎢᏙᏔᏃ", "ABCDEGHJKLMPSTVWZ"),  # Cherokee
    ("ıɑɡ", "iag"),  # Latin
    ("ロニカエタトハ", "口二力工夕卜八"),  # Katakana and ideographs
    ("ーㄧ一─−∕", "-----/"),
    ("Il|O", "1110"),
)
_TABLE = str.maketrans(
    {char: plain for chars, plains in _LOOKALIKES for char, plain in zip(chars, plains, strict=True)}
)


def compute_skeleton(text: str) -> str:
    """A text that all texts have which are drawn like this one. It is compared, and neither shown nor stored."""
    compatible = unicodedata.normalize("NFKC", text).translate(_TABLE)
    return " ".join("".join(map(_simplify_char, compatible)).translate(_TABLE).split())


def _simplify_char(char: str) -> str:
    if unicodedata.category(char) == "Pd":
        return "-"
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


class SimilarTexts:
    """Texts that are registered, to be found by one that is drawn alike."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._by_skeleton: dict[str, set[str]] = {}
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """Register one more."""
        self._by_skeleton.setdefault(compute_skeleton(text), set()).add(text)

    def find_same(self, text: str) -> str | None:
        """The registered text that is written with the same characters, whether composed or not (Unicode NFC)."""
        return next((known for known in self._find_all(text) if compose(known) == compose(text)), None)

    def find_narrow(self, text: str) -> list[str]:
        """The registered texts that are this one when they are written in narrow letters."""
        return [known for known in self._find_all(text) if narrow(known) == text]

    def find_similar(self, text: str) -> str | None:
        """A registered text that is another one and is drawn alike."""
        return next((known for known in self._find_all(text) if compose(known) != compose(text)), None)

    def _find_all(self, text: str) -> list[str]:
        return sorted(self._by_skeleton.get(compute_skeleton(text), ()))
