"""What browsers have asked the test's own server for, and have no answer to yet."""

import threading

MOST_SECONDS = 60
changed = threading.Condition()
paths = []  # of the questions


def watched(app):
    """A WSGI app whose questions are known while they are being answered."""

    def answer(environ, start_response):
        path = environ["PATH_INFO"]
        with changed:
            paths.append(path)
        try:
            return app(environ, start_response)
        finally:
            with changed:
                paths.remove(path)
                changed.notify_all()

    return answer


def wait():
    """Go on when all is answered: an answer that takes until the next test would find, or write, what is not its own."""
    with changed:
        assert changed.wait_for(lambda: not paths, MOST_SECONDS), f"not answered: {paths}"
