"""How much of a session is written in each language."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from conference.admin_lists import columns
from conference.translated import all_languages_of
from sessions.models import DiscussionQuestion, Material, Part, Session
from speakers.models import Speaker

ROWS = {"parts": Part, "speakers": Speaker, "questions": DiscussionQuestion, "materials": Material}


def words_of(model):
    """The names of a model's translated fields."""
    return list(translator.get_options_for_model(model).all_fields)


def texts(session):
    """{language: words} of every text of a session that is written in any language."""
    rows = [session, *(row for name in ROWS for row in getattr(session, name).all())]
    written = (all_languages_of(row, field) for row in rows for field in words_of(type(row)))
    return [words for words in written if words]


def languages_done(session):
    """{language: (texts written in it, texts written in any language)}, for the languages of the conference."""
    written = texts(session)
    return {code: (sum(code in words for words in written), len(written)) for code in session.conference.languages}


def incomplete_in(code):
    """A condition on sessions: some text that is written in another language is not written in this one."""
    rows = [Exists(model.objects.filter(missing(model, code), session=OuterRef("pk"))) for model in ROWS.values()]
    return reduce(or_, rows, missing(Session, code))


def missing(model, code):
    conditions = []
    for field in words_of(model):
        column = build_localized_fieldname(field, code)
        others = [name for name in columns(model, field) if name != column]
        empty = ~Q(**{f"{column}__gt": ""}) | Q(**{f"{column}__isnull": True})
        conditions.append(empty & reduce(or_, (Q(**{f"{name}__gt": ""}) for name in others), Q(pk__in=[])))
    return reduce(or_, conditions)
