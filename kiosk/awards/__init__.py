"""The catalogue of awards as files, and the candidates of a home."""
