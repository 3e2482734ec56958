"""Notices: the coordinator's daily digest and the volunteers' reminders, as mail or as files in a folder."""
