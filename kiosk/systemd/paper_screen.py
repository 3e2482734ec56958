"""The last screen: a shell script that asks people to sign on paper, for when the entrance cannot be opened.

Rule: it needs nothing of the product, whose failure it announces; words and their widths are written into it.
"""

from collections.abc import Iterator

from rich.cells import cell_len

from kiosk.words.languages import LANGUAGES

PAPER_FILE = "kiosk-sign-on-paper.sh"
FONT_PIXELS = 48
"""The longest line fits into 1280 pixels, a small screen, and each is 1/30 of the height of a large one (2160)."""
REDRAW_SECONDS = 10
"""Seconds after which it is drawn anew: on a text console, messages of the kernel may stand over it."""

_SCRIPT = r"""# A terminal of its own shows every language; a text console (TERM=linux) has no letters but Latin ones.
lines() {{
    case $TERM in
    linux) cat <<'END'
{plain}
END
    ;;
    *) cat <<'END'
{every}
END
    ;;
    esac
}}
pause=1  # a terminal may have another size at first
while :; do
    set -- $(stty size)
    row=$((($1 - 2 * {most}) / 2 + 1))
    printf '\033[?25l\033[0;1;37;44m%s\033[2J' "$([ "$TERM" = linux ] || printf '\033[38;2;255;255;255;48;2;11;31;51m')"
    lines | while IFS=' ' read -r width text; do
        column=$((($2 - width) / 2 + 1))
        printf '\033[%d;%dH%s' "$((row > 0 ? row : 1))" "$((column > 0 ? column : 1))" "$text"
        row=$((row + 2))
    done
    sleep "$pause"
    pause={seconds}
done
"""


def build_paper_script() -> str:
    """The whole file, for `sh`. It draws the lines in the middle of the terminal until it is ended."""
    texts = [words.conditions["storage_trouble"].next_step for words in LANGUAGES.values()]
    plain = [text for text in texts if text.isascii()]
    return _SCRIPT.format(
        plain="\n".join(_format_lines(plain)),
        every="\n".join(_format_lines(texts)),
        most=len(texts),
        seconds=REDRAW_SECONDS,
    )


def _format_lines(texts: list[str]) -> Iterator[str]:
    """Its columns, and the text."""
    return (f"{cell_len(text)} {text}" for text in texts)
