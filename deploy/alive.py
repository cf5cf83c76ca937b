"""Exit with 0 where the process on port 8000 answers; any answer, even a redirect to HTTPS, says that it lives."""

from http.client import HTTPConnection

web = HTTPConnection("127.0.0.1", 8000, timeout=5)
web.request("GET", "/healthz")
web.getresponse()
