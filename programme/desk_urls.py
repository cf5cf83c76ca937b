"""Where staff look at public pages that the public does not see."""

from django.contrib import admin
from django.urls import path

from programme import desk, desk_problems, person_pages
from speakers.what_if import what_if

view = admin.site.admin_view
urlpatterns = [
    path("problems/", view(desk_problems.problems), name="problems"),
    path("problems/known/", view(desk_problems.know), name="know_problem"),
    path("problems/if/", view(what_if), name="what_if"),
    path("problems/if/<int:pk>/", view(what_if), name="what_if"),
    path("people/<int:pk>/stored/", view(person_pages.stored), name="person_stored"),
    path("people/<int:pk>/copy/", view(person_pages.copy), name="person_copy"),
    path("people/<int:pk>/erase/", view(person_pages.erase_person), name="person_erase"),
    path("preview/<slug:slug>/", view(desk.preview), name="preview"),
    path("preview/<slug:slug>/<path:path>", view(desk.preview)),
    path("releases/<slug:slug>/<int:number>/view/", view(desk.look_at_release), name="release_view"),
    path("releases/<slug:slug>/<int:number>/view/<path:path>", view(desk.look_at_release)),
]
