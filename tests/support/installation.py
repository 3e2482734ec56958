"""The shell blocks of the installation chapter as one script, and stand-ins for a reader, a person, a running systemd.

Rule: every block is in the script, in the order of the chapter. A block with a word behind `sh` needs what a test does
not have; it is replaced by that word's stand-in, and by nothing else.
"""

from collections.abc import Mapping, Sequence

from tests.support.documents import find_blocks

CHAPTER, CHINESE_CHAPTER = "docs/installation.md", "docs/installation.zh-TW.md"
AS_USER = "runuser -u kiosk --"
CARD = "04000000000001"

FIND_BACKUP = "BACKUP=$(ls -d /srv/kiosk-backups/backup-*Z)"
"""What a person wrote down: the one backup that was made."""

READER = r'[[reader]]\nname = "door"\nport = "/dev/ttyUSB0"\nprofile = "rdm6300"\n'
ISSUE = f'{{"do": "issue_card", "volunteer": "V001", "card": "{CARD}"}}'
STAND_INS: Mapping[str, str] = {
    "running": "true",
    "reader": f"printf '{READER}' | {AS_USER} tee -a /var/lib/kiosk/kiosk.toml",
    "card": f"{AS_USER} kiosk apply - <<END\n{ISSUE}\nEND",
    "tap": f"{AS_USER} kiosk tap {CARD}\n{AS_USER} kiosk presence | grep V001",
    "status": f"{AS_USER} kiosk status || test $? = 1",
}
"""Of blocks for which a person stands at a running machine: what has the same effect on the home."""


def list_blocks(document: str) -> list[tuple[str, str]]:
    """The words behind `sh`, empty for a plain block, and the blocks, in order."""
    return list(find_blocks(document, "sh"))


def build_script(blocks: Sequence[tuple[str, str]], checks: Mapping[str, str]) -> str:
    """All blocks in one shell, as a person types them; it ends at the first that fails.

    `checks` are run before the block in which their key stands.
    """
    lines = ["set -eux"]
    for word, block in blocks:
        lines += [check for key, check in checks.items() if key in block]
        lines.append(STAND_INS[word] if word else block)
    return "\n".join(lines)
