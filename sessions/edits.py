"""Changing sessions so that the history and others who have the form open learn of it. See conference/recording.py.

Every writer of sessions, or of their parts, people, questions and materials, does so within `recorded`.
"""

from conference.recording import about_to_change, recorded, touched

__all__ = ["about_to_change", "recorded", "touched"]
