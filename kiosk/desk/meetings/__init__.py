"""Meetings and training sessions at the desk."""
