"""Entries of the audit log in words, in the reader's language."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.account_words import claim_in_words, group_name_in_words
from conference.audit import Act, Entry
from conference.templatetags.history import moment

SENTENCES = {
    Act.SIGNED_IN: gettext_lazy("Signed in."),
    Act.SIGN_IN_FAILED: gettext_lazy("Failed to sign in as %(user)s."),
    Act.LOCKED_OUT: gettext_lazy("Too many attempts to sign in as %(user)s: closed for a while."),
    Act.UNLOCKED: gettext_lazy("Let %(user)s try to sign in again."),
    Act.CODE_USED: gettext_lazy("Signed in with a backup code. Codes left: %(left)s."),
    Act.SIGNED_OUT: gettext_lazy("Signed out."),
    Act.SIGNED_OUT_EVERYWHERE: gettext_lazy("Signed %(user)s out everywhere."),
    Act.PASSWORD_CHANGED: gettext_lazy("Changed the password of %(user)s."),
    Act.FACTOR_SET: gettext_lazy("Set up the second factor of %(user)s."),
    Act.FACTOR_REMOVED: gettext_lazy("Removed the second factor of %(user)s."),
    Act.CODE_FAILED: gettext_lazy("Gave a wrong code for the second factor of %(user)s."),
    Act.CODES_MADE: gettext_lazy("Made new backup codes for %(user)s."),
    Act.PUBLISHED: gettext_lazy("Published release %(number)s of “%(conference)s”."),
    Act.RESTORED: gettext_lazy("Published release %(old)s of “%(conference)s” again, as release %(number)s."),
    Act.PLANNED: gettext_lazy("Planned a release of “%(conference)s” for %(due)s."),
    Act.CALLED_OFF: gettext_lazy("Called off the planned release of “%(conference)s”."),
    Act.EXPORTED: gettext_lazy("Exported %(what)s (%(format)s)."),
    Act.IMPORTED: gettext_lazy("Imported %(what)s into “%(conference)s”."),
    Act.PREVIEW_MADE: gettext_lazy("Made preview link %(number)s to “%(conference)s”."),
    Act.PREVIEW_REVOKED: gettext_lazy("Revoked preview link %(number)s to “%(conference)s”."),
    Act.USER_ADDED: gettext_lazy("Added the user %(user)s. %(changes)s"),
    Act.USER_CHANGED: gettext_lazy("Changed the user %(user)s. %(changes)s"),
    Act.USER_DELETED: gettext_lazy("Deleted the user %(user)s."),
    Act.GROUP_ADDED: gettext_lazy("Added the group %(group)s. %(changes)s"),
    Act.GROUP_CHANGED: gettext_lazy("Changed the group %(group)s. %(changes)s"),
    Act.GROUP_DELETED: gettext_lazy("Deleted the group %(group)s."),
    Act.PERSON_HANDED_OUT: gettext_lazy("Handed out what is stored about person no. %(number)s."),
    Act.PERSON_ERASED: gettext_lazy("Erased person no. %(number)s."),
    Act.BACKED_UP: gettext_lazy("Made the backup %(file)s, on the command line as %(operator)s."),
    Act.BACKUP_RESTORED: gettext_lazy(
        "Restored the backup %(file)s, made on %(made)s, on the command line as %(operator)s. %(kept)s"
    ),
}

CHANGES = {
    "gained": gettext_lazy("New: %(claims)s."),
    "lost": gettext_lazy("Taken away: %(claims)s."),
    "changed": gettext_lazy("Changed: %(claims)s."),
}


class Facts(dict):
    """What an entry lacks is told as an ellipsis: entries of an older Plenum stay readable."""

    def __missing__(self, name):
        return "…"


def in_words(entry: Entry) -> str:
    """What somebody did, as one or more sentences."""
    facts = Facts(entry.facts)
    if "user" in facts:
        facts["user"] = facts["user"] or _("a name that nobody has")
    if "group" in facts:
        facts["group"] = group_name_in_words(facts["group"])
    for name in {"due", "made"} & set(facts):
        at = dt.datetime.fromisoformat(facts[name])
        facts[name] = moment(at, at.tzinfo)
    if "kept" in facts:
        facts["kept"] = facts["kept"] and _("What was here before is in %(file)s.") % {"file": facts["kept"]}
    facts["changes"] = " ".join(changes_in_words(entry.facts))
    sentence = SENTENCES.get(entry.act)
    return (str(sentence) % facts).strip() if sentence else entry.act


def changes_in_words(facts):
    for kind, words in CHANGES.items():
        if claims := facts.get(kind):
            yield words % {"claims": "; ".join(claim_in_words(*claim) for claim in claims)}
