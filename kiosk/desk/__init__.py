"""The desk: the coordinators' web pages."""
