"""Two people who press save at the same moment, each with a connection of their own."""

import threading

from django.test import Client

from sessions.models import Session
from tests.factories import make_session, make_superuser
from tests.forms import open_form
from tests.test_merge import address
from tests.test_publishing_together import at_once


def test_two_savers_at_once_lose_nothing(shared_database):
    [(session, *people)] = at_once(lambda: (make_session("Før"), make_superuser("kari"), make_superuser("ola")))
    both_open = threading.Barrier(2, timeout=60)

    def write(user, **changes):
        client = Client()
        client.force_login(user)
        sent = open_form(client, address(session)) | changes
        both_open.wait()
        return client.post(address(session), sent).status_code

    answers = at_once(
        lambda: write(people[0], title_nb="Fra Kari"),
        lambda: write(people[1], lead_nb="Fra Ola"),
    )

    assert answers == [302, 302]
    [saved] = at_once(lambda: Session.objects.get())
    assert (saved.title_nb, saved.lead_nb, saved.version) == ("Fra Kari", "Fra Ola", 3)


def test_two_savers_of_one_field_at_once_are_not_both_believed(shared_database):
    [(session, *people)] = at_once(lambda: (make_session("Før"), make_superuser("kari"), make_superuser("ola")))
    both_open = threading.Barrier(2, timeout=60)

    def write(user, title):
        client = Client()
        client.force_login(user)
        sent = open_form(client, address(session)) | {"title_nb": title}
        both_open.wait()
        return client.post(address(session), sent).status_code

    answers = at_once(lambda: write(people[0], "Fra Kari"), lambda: write(people[1], "Fra Ola"))
    assert sorted(answers) == [302, 409]
