"""The section of the desk about volunteers: the list, one person's page, enrolling and changing."""
