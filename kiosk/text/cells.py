"""How wide a text stands in a terminal, in its cells: a Chinese character takes two."""


def measure_cells(text: str) -> int:
    """The cells of a text. The tables of other letters are loaded where it has some."""
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - most of what commands print in English has none

    return cell_len(text)
