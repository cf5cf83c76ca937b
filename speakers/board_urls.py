"""Where staff move parts about."""

import datetime as dt

from django.contrib import admin
from django.urls import path, register_converter

from speakers import board_views as views


class Date:
    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, text):
        date = dt.date.fromisoformat(text)  # ValueError: no such address
        if not 1900 <= date.year < 9000:
            raise ValueError("a day that has no day before or after it in every time zone")
        return date

    def to_url(self, date):
        return date if isinstance(date, str) else date.isoformat()


register_converter(Date, "date_on_board")
view = admin.site.admin_view
urlpatterns = [
    path("part/<int:pk>/", view(views.part), name="board_part"),
    path("part/<int:pk>/problems.json", view(views.part_problems), name="board_part_problems"),
    path("part/<int:pk>/undo/", view(views.undo), name="board_undo"),
    path("<slug:conference>/", view(views.first_day), name="board"),
    path("<slug:conference>/<date_on_board:date>/", view(views.day), name="board_day"),
    path("<slug:conference>/<date_on_board:date>/day.json", view(views.day_json), name="board_json"),
]
