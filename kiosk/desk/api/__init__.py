"""The interface of the desk for other systems: commands and read models as JSON."""
