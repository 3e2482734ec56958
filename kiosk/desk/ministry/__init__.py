"""The section of the file for the ministry's system."""
