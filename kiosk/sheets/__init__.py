"""Tables as spreadsheet programs keep them: read from files of offices, and written for them."""
