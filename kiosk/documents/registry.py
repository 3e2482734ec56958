"""Every kind of document that can be handed out, by its name."""

from collections.abc import Mapping

from kiosk.documents.allowance_list import ALLOWANCE_LIST
from kiosk.documents.assessment import ASSESSMENT_FORM, ASSESSMENT_RANKING, OWN_ASSESSMENT
from kiosk.documents.attendance import ABSENCE_LIST, ATTENDANCE_REPORT, CORRECTION_LIST
from kiosk.documents.awards import AWARD_LIST, HONOR_CARD_LIST, PERFORMANCE_CERTIFICATE
from kiosk.documents.document_type import DocumentType
from kiosk.documents.head_receipt import HEAD_RECEIPT
from kiosk.documents.month import MONTHLY_STATEMENT, MONTHLY_STATISTICS
from kiosk.documents.month_slips import HOUR_SLIPS, MONTH_DIFFERENCE, RECORD_BOOK_LINES
from kiosk.documents.monthly_hours import MONTHLY_HOURS
from kiosk.documents.paper_lists import INSURED_LIST, RECORD_BOOK_APPLICATIONS
from kiosk.documents.results import ANNUAL_RESULTS, HALF_YEAR_RESULTS
from kiosk.documents.spot_check import SPOT_CHECK_SHEET
from kiosk.documents.training_list import TRAINING_LIST
from kiosk.documents.year_overview import YEAR_OVERVIEW
from kiosk.errors import UserError
from kiosk.words.documents.shared import DocumentText

KINDS = (
    *(MONTHLY_STATEMENT, MONTHLY_STATISTICS, HOUR_SLIPS, RECORD_BOOK_LINES, ALLOWANCE_LIST, MONTHLY_HOURS),
    *(ATTENDANCE_REPORT, ABSENCE_LIST, CORRECTION_LIST, MONTH_DIFFERENCE),
    *(ASSESSMENT_FORM, ASSESSMENT_RANKING, OWN_ASSESSMENT),
    *(HALF_YEAR_RESULTS, ANNUAL_RESULTS, YEAR_OVERVIEW),
    *(INSURED_LIST, RECORD_BOOK_APPLICATIONS),
    *(AWARD_LIST, HONOR_CARD_LIST, PERFORMANCE_CERTIFICATE),
    *(SPOT_CHECK_SHEET, TRAINING_LIST, HEAD_RECEIPT),
)
DOCUMENTS: Mapping[str, DocumentType] = {one.name: one for one in KINDS}
"""In the order in which lists show them."""


def find_document_type(name: str) -> DocumentType:
    """The kind of document with a name. Raises: UserError."""
    if name not in DOCUMENTS:
        raise UserError(DocumentText.UNKNOWN_DOCUMENT.fill(name=name, names=", ".join(DOCUMENTS)))
    return DOCUMENTS[name]
