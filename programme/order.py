"""The order in which a programme holds its people and sessions."""

from programme.values import Person, Session


def by_name(person: Person):
    return person.sort_name.casefold(), person.slug


def by_time(session: Session):
    """Those without a time stand last."""
    return session.starts_at is None, session.starts_at.timestamp() if session.starts_at else 0, session.slug
