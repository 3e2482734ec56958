"""The words of the pages of the desk, a file a section, in both languages."""
