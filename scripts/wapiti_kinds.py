"""wapiti as it is, but for where it goes: it reads the pages that it is told of (-u, -s), follows no link, and sends each kind
of form on them once. Run by the Python of .venv/wapiti, with wapiti's own arguments and --depth 1."""

import sys

from wapitiCore.main.wapiti import wapiti_asyncio_wrapper
from wapitiCore.net.explorer import Explorer
from wapitiCore.parsers.html_parser import Html

seen = set()


def forms_alone(explorer, response, request):
    """The forms of a page of which there was none like it before."""
    found = []
    for form in Html(response.content, response.url).iter_forms() if "html" in response.type else ():
        names = (pair[0] for pair in [*form.get_params, *(form.post_params or ()), *form.file_params])
        kind = form.method, form.path, tuple(sorted(set(names)))
        if kind not in seen and explorer._scope.check(form):
            seen.add(kind)
            form.link_depth = request.link_depth + 1
            found.append(form)
    return found


Explorer.extract_links = forms_alone
sys.exit(wapiti_asyncio_wrapper())
