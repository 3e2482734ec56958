"""The section of the spot checks of record books."""
