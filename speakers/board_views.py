"""The board over HTTP: pages that work without a script, and the same in JSON for the one that lets parts be dragged."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from conference.admin_fields import day_name
from conference.admin_pages import admin_page, must
from conference.clock import time_of_day, times_of_day
from conference.models import Conference
from sessions.models import Part, Session
from speakers.board import board_of, day_of, days_on_board, place_in_words, place_of, tag_of
from speakers.board_moves import (
    MovedMeanwhile,
    MoveForm,
    Refused,
    meanwhile_in_words,
    move,
    moved_in_words,
    problems_of_move,
    take_back,
)

LOOK = ("conference_sessions.view_session", "conference_sessions.change_session")
MOVE = "conference_sessions.change_session"


def must_look(request):
    must(any(request.user.has_perm(permission) for permission in LOOK))


def must_move(request):
    must(request.user.has_perm(MOVE))


# --- A day


@require_safe
def first_day(request, conference):
    """The way to today, or else to the conference's first day."""
    must_look(request)
    found = get_object_or_404(Conference, slug=conference)
    today = day_of(found, timezone.now())
    date = today if found.starts_on <= today <= found.ends_on else found.starts_on
    return HttpResponseRedirect(reverse("board_day", args=[found.slug, date]))


@require_safe
def day(request, conference, date):
    """One day: as a board; as a list with ?list, which the page leads to by itself where there is no script."""
    must_look(request)
    found = get_object_or_404(Conference, slug=conference)
    board, tag = board_of(found, date), tag_of(found, date)
    context = {
        "title": _("The board, %(day)s") % {"day": day_name(date)},
        "conference": found,
        "date": date,
        "days": [(each, day_name(each, short=True), count) for each, count in days_on_board(found)],
        "board": board,
        "names": {room["pk"]: room["name"] for room in board.rooms},
        "problems_of": {pk: problem.words for problem in board.problems for pk in problem.cards},
        "may_move": request.user.has_perm(MOVE),
        "data": board.as_json() | {"tag": tag} if "list" not in request.GET else None,
        "settings": settings_of(request, found, date),
        "form": MoveForm(instance=Part(session=Session(conference=found))),
    }
    return admin_page(request, "board.html", context)


def settings_of(request, conference, date):
    """What the script has to know, besides the day itself."""
    start, end = dt.time(13, 24), dt.time(15, 36)  # figures that stand for hours and minutes
    return {
        "date": date.isoformat(),
        "json": reverse("board_json", args=[conference.slug, date]),
        "part": reverse("board_part", args=[0]),
        "session": reverse("admin:conference_sessions_session_change", args=[0]),
        "mayMove": request.user.has_perm(MOVE),
        "time": time_of_day(start),
        "times": times_of_day(start, end),
    }


@require_safe
def day_json(request, conference, date):
    """The day as it stands; 304 while nothing has changed since the ETag that is sent along."""
    must_look(request)
    found = get_object_or_404(Conference, slug=conference)
    tag = tag_of(found, date)  # before the day is read: what changes in between is told next time
    answer = get_conditional_response(request, etag=tag)
    return answer or JsonResponse(board_of(found, date).as_json() | {"tag": tag}, headers={"ETag": tag})


# --- A part


def part(request, pk):
    """The form that moves a part; sent as JSON by the script, which then gets JSON back."""
    must_look(request)
    found = get_object_or_404(Part.objects.select_related("session__conference", "room"), pk=pk)
    if request.method != "POST":
        return show_form(request, found, MoveForm(instance=found))
    must_move(request)
    if "look" in request.POST:
        return show_form(request, found, MoveForm(request.POST, instance=found))
    try:
        done = move(pk, what_is_sent(request), request.user)
    except MovedMeanwhile as late:
        return too_late(request, late.part)
    except Refused as refused:
        return refuse(request, refused.form)
    return say_moved(request, done)


def what_is_sent(request):
    """The fields of the form; without a time when the button says so."""
    return request.POST.dict() | ({"day": "", "start": "", "end": ""} if "unschedule" in request.POST else {})


def wants_json(request):
    return request.accepts("application/json") and not request.accepts("text/html")


def say_moved(request, done):
    said = moved_in_words(done.part)
    undo = reverse("board_undo", args=[done.part.pk])
    if wants_json(request):
        return JsonResponse({"said": said, "undo": undo, "way_back": done.way_back, "seen": str(place_of(done.part))})
    form = '{} <form class="board-undo" method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="way_back" value="{}"><button type="submit">{}</button></form>'
    messages.success(request, format_html(form, said, undo, get_token(request), done.way_back, _("Undo")))
    return HttpResponseRedirect(day_address(done.part) + "?list")


def too_late(request, found):
    said = meanwhile_in_words(found)
    if wants_json(request):
        return JsonResponse({"said": said}, status=409)
    messages.warning(request, said)
    if request.resolver_match.url_name == "board_undo":
        return HttpResponseRedirect(day_address(found) + "?list")
    return show_form(request, found, MoveForm(request.POST, instance=found), status=409)


def refuse(request, form):
    if wants_json(request):
        return JsonResponse({"errors": [str(error) for errors in form.errors.values() for error in errors]}, status=400)
    found = Part.objects.select_related("session__conference", "room").get(pk=form.instance.pk)
    return show_form(request, found, MoveForm(request.POST, instance=found), status=400)


@require_POST
def undo(request, pk):
    """Take back a move, unless somebody has moved the part since."""
    must_move(request)
    try:
        done = take_back(pk, request.POST.get("way_back", ""), request.user)
    except MovedMeanwhile as late:
        return too_late(request, late.part)
    return say_moved(request, done)


@require_GET
def part_problems(request, pk):
    """What would not fit together if a part were moved as the query says: {"problems": […], "errors": […]}."""
    must_look(request)
    found = get_object_or_404(Part.objects.select_related("session__conference"), pk=pk)
    form = MoveForm(request.GET, instance=found)
    if not form.is_valid():
        return JsonResponse({"problems": [], "errors": [e for errors in form.errors.values() for e in errors]})
    problems = problems_of_move(found, form.place, found.session.conference)
    return JsonResponse({"problems": [problem.words for problem in problems], "errors": []})


def show_form(request, found, form, status=200):
    """The form of a part, with what would not fit together as it is filled in."""
    conference, now, back = found.session.conference, place_of(found), day_address(found)
    words = place_in_words(conference, now, found.room)
    place = form.place if form.is_bound and form.is_valid() else now
    context = {
        "title": _("Move “%(session)s”") % {"session": found.session},
        "conference": conference,
        "part": found,
        "seen": str(now),
        "now": words,
        "form": form,
        "problems": problems_of_move(found, place, conference),
        "may_move": request.user.has_perm(MOVE),
        "back": back,
    }
    return admin_page(request, "board_part.html", context, status)


def day_address(found):
    """The board of the day on which a part stands; of the first one, for a part without a time."""
    conference = found.session.conference
    date = day_of(conference, found.starts_at) if found.starts_at else conference.starts_on
    return reverse("board_day", args=[conference.slug, date])
