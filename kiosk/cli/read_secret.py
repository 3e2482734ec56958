"""Asking for a PIN or a password: at a terminal twice without echo, otherwise one line of standard input.

Rule: a secret never stands on a command line, where other users of the machine could read it.
"""

import sys
from typing import TypeVar

import click

from kiosk.accounts.hashed_secrets import InvalidSecret, Secret
from kiosk.errors import UserError
from kiosk.words.command_line import CommandLineText

S = TypeVar("S", bound=Secret)

STDIN_LIMIT = 1000
"""Characters of standard input: more than any secret, less than a file by mistake."""


def read_secret(kind: type[S], prompt: str, differ: CommandLineText) -> S:
    """A new secret of a kind; `differ` is the sentence where the two differ. Raises: UserError."""
    is_terminal = sys.stdin.isatty()
    secret = kind(_prompt_hidden(prompt) if is_terminal else sys.stdin.readline(STDIN_LIMIT).rstrip("\r\n"))
    try:
        secret.demand_usable()
    except InvalidSecret as error:
        raise UserError(str(error)) from None
    if is_terminal and secret != kind(_prompt_hidden(CommandLineText.ASK_AGAIN.fill())):
        raise UserError(differ.fill())
    return secret


def _prompt_hidden(prompt: str) -> str:
    return click.prompt(prompt, prompt_suffix="", hide_input=True, err=True)
