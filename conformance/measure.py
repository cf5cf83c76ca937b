"""Reads every page of a served demo as a crawler, a checker of HTML and a browser do, and counts what is wrong with them."""

import datetime as dt
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import sync_playwright

from tests.chromium import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.looking import LANGUAGES, findings, paths, unfold
from tests.pages import crawl

SITE = os.environ["PUBLIC_URL"]
VNU = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"
STATES = [  # (width in pixels, colour scheme, whether everything is unfolded): what was unfolded stays so
    (360, "light", False),
    (1280, "dark", False),
    (1280, "light", True),
    (360, "dark", True),
]
PAGES_AT_ONCE = 40  # that a browser reads before it starts anew
BROWSERS = int(os.environ.get("BROWSERS", "2"))


# --- The pages


class Stays(urllib.request.HTTPRedirectHandler):
    """Shows where a redirect leads instead of following it."""

    def redirect_request(self, *_anything):
        return None


def get(path):
    """The answer of the site: its status, headers and text."""
    try:
        answer = urllib.request.build_opener(Stays).open(SITE + path)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return SimpleNamespace(
            status=answer.status, headers=answer.headers, text=answer.read().decode(errors="replace")
        )


def every_page():
    """{path: HTML} of what the links of the site lead to, and of each kind of page that no link leads to."""
    visitor = SimpleNamespace(get=get)
    found = crawl(visitor, "/nb/sammen/", most=5000)
    day = min(re.findall(r"programme/(\d{4}-\d\d-\d\d)/", found["/nb/sammen/programme/"].text))
    ids = "".join(re.findall('data-session="(.{6})"', found["/nb/sammen/programme/"].text)[:3])
    for language in LANGUAGES:
        for path in paths(language, dt.date.fromisoformat(day), ids).values():
            found.setdefault(path, get(path))
    failed = [path for path, answer in found.items() if answer.status >= 500]
    assert not failed, f"the site fails: {failed}"
    return {path: answer.text for path, answer in sorted(found.items()) if is_page(answer)}


def is_page(answer):
    return answer.headers.get("Content-Type", "").startswith("text/html")


# --- The checker of HTML


def vnu(pages):
    """[(path, "error" or "warning", words)]: what the W3C's checker says of pages."""
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, (path, html) in enumerate(pages.items()):
            file = Path(folder) / f"{number}.html"
            file.write_text(html)
            files[file.name] = path
        command = ["java", "-Xss1m", "-jar", VNU, "--format", "json", "--exit-zero-always", folder]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr)
    return [
        (files[Path(each["url"]).name], each.get("subType", each["type"]), each["message"]) for each in told["messages"]
    ]


# --- The browser


def look(some_paths):
    """[(path, width, scheme, rule, [markup of the first places])] of what axe-core finds, and how often it looked."""
    found, looked = [], 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(reduced_motion="reduce", service_workers="block")
        for path in some_paths:
            page.goto(SITE + path, wait_until="domcontentloaded")
            for width, scheme, is_unfolded in STATES:
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)
                if is_unfolded:
                    unfold(page)
                found += [(path, width, scheme, rule, places) for rule, places in findings(page)]
                looked += 1
        browser.close()
    return found, looked


def look_with_all_browsers(some_paths):
    with get_context("spawn").Pool(BROWSERS) as browsers:
        chunks = [some_paths[at : at + PAGES_AT_ONCE] for at in range(0, len(some_paths), PAGES_AT_ONCE)]
        results = []
        for number, result in enumerate(browsers.imap(look, chunks), 1):
            results.append(result)
            print(f"axe: {min(number * PAGES_AT_ONCE, len(some_paths))} of {len(some_paths)} pages", flush=True)
    return [each for found, _looked in results for each in found], sum(looked for _found, looked in results)


# --- What is said at the end


def say_where(kind, found):
    """Each thing that was said, how often, and where first."""
    for words, count in Counter(words for _path, words in found).most_common():
        first = next(path for path, each in found if each == words)
        print(f"{kind}: {words}\n    {count} times, first on {first}")


def main():
    started = time.monotonic()
    pages = every_page()
    said = vnu(pages)
    errors = [(path, words) for path, kind, words in said if kind != "warning"]
    warnings = [(path, words) for path, kind, words in said if kind == "warning"]
    seen, looked = look_with_all_browsers(list(pages))
    say_where("axe", [(path, f"{rule} {places[0]}") for path, _width, _scheme, rule, places in seen])
    say_where("vnu error", errors)
    say_where("vnu warning", warnings)
    per_language = Counter(path.split("/")[1] for path in pages)
    print(f"\n{'pages':<28}{len(pages):>6}  {', '.join(f'{code} {n}' for code, n in sorted(per_language.items()))}")
    print(f"{'axe: looks (page × state)':<28}{looked:>6}  light and dark, 360 and 1280 px, folded and unfolded")
    print(f"{'axe: findings':<28}{len(seen):>6}")
    print(f"{'vnu: errors':<28}{len(errors):>6}")
    print(f"{'vnu: warnings':<28}{len(warnings):>6}")
    print(f"{'minutes':<28}{(time.monotonic() - started) / 60:>6.0f}")
    return bool(seen or errors or warnings)


if __name__ == "__main__":
    sys.exit(main())
