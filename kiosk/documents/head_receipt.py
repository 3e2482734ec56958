"""The receipt of a head: how far the log goes, on paper, signed by hand, and as a QR code that a telephone keeps.

Rule: it follows from the log alone. What is scanned is the text of the checkpoint, which `kiosk verify --heads` takes.
"""

from domain.log.chain import Head
from domain.log.checkpoint import Checkpoint
from domain.log.proofs import build_checkpoint
from domain.log.signed_note import SignedNote
from kiosk.documents.definition import Column, Document, Table
from kiosk.documents.document_type import Arguments, DocumentType
from kiosk.documents.source import DocumentSource
from kiosk.text.short_codes import compute_code
from kiosk.words.documents.head_receipt import HEAD_RECEIPTS, HeadReceiptWords, find_head_receipt_words


def build_head_receipt(source: DocumentSource, _arguments: Arguments) -> Document:
    """The receipt of the state of the log that the source has."""
    words = find_head_receipt_words()
    checkpoint = find_checkpoint(source)
    return Document(
        HEAD_RECEIPT.name,
        words.title,
        source.unit_name,
        (source.today, source.today),
        source.log,
        [_build_table(words, checkpoint)],
        facts=[(words.log, checkpoint.name)],
        remarks=[words.how],
        signatures=[words.coordinator, words.auditor],
        scanned=SignedNote(checkpoint.format()).format(),
    )


def find_checkpoint(source: DocumentSource) -> Checkpoint:
    """The checkpoint of the state of the log that a source has. Raises: ChainBroken, CannotRead."""
    head = Head(source.log.position, bytes.fromhex(source.log.chain))
    return build_checkpoint(source.events, head)


def _build_table(words: HeadReceiptWords, checkpoint: Checkpoint) -> Table:
    """What the checkpoint says, but for the name of its log: a restore changes that, and the paper stays right."""
    position, chain = checkpoint.head
    values = {
        "position": str(position),
        "code": f"{position}:{compute_code(chain)}",
        "chain": chain.hex(),
        "root": checkpoint.root.hex(),
    }
    columns = [Column("what", words.what, words=words.names), Column("value", words.value)]
    return Table("head", words.head, columns, [{"what": name, "value": value} for name, value in values.items()])


HEAD_RECEIPT = DocumentType(
    "head_receipt",
    {language: words.title for language, words in HEAD_RECEIPTS.items()},
    "occasion",
    build_head_receipt,
)
"""It takes no argument: it is of the state of the log that it is asked of, now or as of an instant."""
