"""A text as a QR code: SVG of squares, for a page and for paper."""

MODULE = 0.6
"""Millimetres of a square of the code: what a telephone reads from paper at arm's length."""


def draw_qr_code(text: str) -> str:
    """A text as a QR code, SVG; black on white also where the screen is dark."""
    import segno  # noqa: PLC0415 - for one document in a hundred

    return segno.make(text, error="m", micro=False).svg_inline(scale=MODULE, unit="mm", light="white")
