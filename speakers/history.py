"""What the history is kept of: everything that staff edit. Stands here because a session's people belong to it."""

from conference.documents import keep_history
from conference.models import Conference, Room
from sessions.headings import Format, Topic, Track
from sessions.models import Session
from speakers.models import Person

for model in [Conference, Room, Track, Topic, Format, Person]:
    keep_history(model)
keep_history(Session, rows=["parts", "speakers", "moderators", "questions", "materials"])
