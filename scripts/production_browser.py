"""Somebody who signs in to an installation that is being tried: keeps cookies, and sends forms as a browser does."""

import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

FORM = {"Content_Type": "application/x-www-form-urlencoded"}


class Browser:
    def __init__(self, site):
        self.site, self.cookies = site, SimpleCookie()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())

    def get(self, path, method="GET", body=None, **headers):
        """(status, headers with small letters, bytes)"""
        status, found, page = self.site.get_all(path, method, body, Cookie=self.cookie, **headers)
        for name, value in found:
            if name == "set-cookie":
                self.cookies.load(value)
        return status, dict(found), page

    def send(self, path, **fields):
        """The answer to the form at a path, filled in."""
        token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', self.get(path)[2])[1].decode()
        body = urlencode({"csrfmiddlewaretoken": token, **fields})
        return self.get(path, "POST", body, Referer=f"{self.site.address}{path}", **FORM)

    def sign_in(self, username, password):
        return self.send("/admin/login/", username=username, password=password, next="/admin/")
