"""A process that has read and rendered nothing yet: what one test has made is nothing that the next one is shown."""

from programme import as_if, preview_links, waiting
from programme.answers import answers
from programme.shelf import shelf
from speakers import findings

# Asked for by the keys of rows and the moments of changes, which may be the same in two tests.
OF_ROWS = (waiting.taken, preview_links.with_one, findings.found, as_if.programme_as_if)


def forget():
    shelf.empty()
    answers.empty()
    waiting.look_again()
    preview_links.forget()
    for kept in OF_ROWS:
        kept.cache_clear()
