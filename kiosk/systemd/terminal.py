"""The terminal on the screen at the door: foot, with every key and button unbound that would lead out of the entrance.

Rule: only what foot 1.13 knows is named, because it prints a complaint about unknown names on the screen. What it binds
by default and leads out: another terminal (Control+Shift+n), the links on the screen, the clipboard, the search.
Source: foot.ini(5).
"""

FOOT_FILE = "kiosk-foot.ini"

_KEYS = """
scrollback-up-page scrollback-up-half-page scrollback-up-line scrollback-down-page scrollback-down-half-page
scrollback-down-line clipboard-copy clipboard-paste primary-paste search-start font-increase font-decrease font-reset
spawn-terminal minimize maximize fullscreen pipe-visible pipe-scrollback pipe-selected show-urls-launch show-urls-copy
show-urls-persistent prompt-prev prompt-next unicode-input
"""
_BUTTONS = """
selection-override-modifiers primary-paste select-begin select-begin-block select-extend select-extend-character-wise
select-word select-word-whitespace select-row
"""

_LOOK = """\
[main]
locked-title=yes
pad=0x0

[colors]
background=0b1f33
foreground=ffffff

[scrollback]
lines=0

[url]
launch=true

[mouse]
hide-when-typing=yes

[csd]
preferred=none
"""
"""The font is named where foot is started, in a size for the screen (`start_terminal`). The colours are those of the
idle screen, which follows at once. `true` is the command that does nothing."""


def build_foot_ini() -> str:
    """The whole file."""
    return "\n".join(
        (_LOOK, "[key-bindings]", *_format_unbound(_KEYS), "", "[mouse-bindings]", *_format_unbound(_BUTTONS), "")
    )


def _format_unbound(actions: str) -> list[str]:
    return [f"{action}=none" for action in actions.split()]
