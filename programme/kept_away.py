"""What an import knows of people who were erased: enough to leave them out, and not who they were."""

import hashlib
import secrets

from programme.imports.rows import Identity
from programme.models import Imported, KeptAway


def keys_of(identity: Identity) -> list[str]:
    """What a source calls a person: its own keys, and the name only where it has none."""
    keys = [f"{kind} {value}" for kind, value in (("guid", identity.guid), ("id", identity.id)) if value]
    return keys or [f"name {identity.name.casefold()}"]


def digest(salt: str, key: str) -> str:
    return hashlib.sha256(f"{salt} {key}".encode()).hexdigest()


def keep_away(imported: Imported):
    """Forget what a source said of somebody; the next import of it leaves them out."""
    for key in keys_of(Identity(**imported.said.get("is", {}))):
        salt = secrets.token_hex(16)
        KeptAway.objects.create(
            conference=imported.conference, source=imported.source, salt=salt, digest=digest(salt, key)
        )
    sessions = Imported.objects.filter(conference=imported.conference, source=imported.source, kind="session")
    for session in sessions:
        people = session.said.get("people", [])
        if imported.key in people:
            session.said["people"] = [key for key in people if key != imported.key]
            session.save(update_fields=["said"])
    imported.delete()


def is_kept_away(identity: Identity, kept: list[KeptAway]) -> bool:
    return any(digest(each.salt, key) == each.digest for each in kept for key in keys_of(identity))
