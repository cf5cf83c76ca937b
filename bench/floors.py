"""How near Plenum comes to what cannot be done faster: a bare Django view, and nginx with a file."""

import statistics
from typing import NamedTuple

from bench.load import wrk
from bench.site import Site, get

TURNS = 3  # of each measurement; the median counts
ENCODINGS = {"plain": {}, "br": {"Accept_Encoding": "gzip, deflate, br, zstd"}}


class Row(NamedTuple):
    page: str
    encoding: str
    size: int  # bytes
    app: float  # requests a second, as all that follow
    bare: float
    cached: float
    file: float


def measure(site: Site, pages: dict[str, str], seconds: int) -> list[Row]:
    """All pages, plain and compressed. The four that are compared take turns, so that whatever else the machine does
    meets them alike."""
    ports = {
        "app": site.web,
        "bare": site.start_bare(),
        "cached": site.start_nginx(),
        "file": site.start_files(next(iter(pages.values()))),
    }
    return [row(site, ports, name, path, enc, seconds) for name, path in pages.items() for enc in ENCODINGS]


def row(site, ports, name, path, encoding, seconds):
    headers = ENCODINGS[encoding]
    status, sent, body = get(site.web, path, **{k.replace("_", "-"): v for k, v in headers.items()})
    if status != 200 or sent.get("content-encoding", "plain") != encoding:
        raise SystemExit(f"FAILED: {path} is {status}, {sent}")
    file = f"/{name.replace(' ', '-')}.{encoding}"
    paths = {"app": path, "cached": path, "bare": file, "file": file}
    found = {kind: [] for kind in ports}
    for _turn in range(TURNS):
        for kind, port in ports.items():
            load = wrk(port, paths[kind], seconds, **headers)
            if load.errors:
                raise SystemExit(f"FAILED: {load} on {kind} {path}")
            found[kind].append(load.requests_a_second)
    made = Row(name, encoding, len(body), **{kind: statistics.median(rates) for kind, rates in found.items()})
    print(
        f"   {name:13} {encoding:6} {made.size:8} B   app {made.app:7.0f}  bare {made.bare:7.0f}"
        f"  nginx {made.cached:7.0f}  file {made.file:7.0f}",
        flush=True,
    )
    return made


def save_bodies(site, pages):
    """What the floors serve: the very bytes that Plenum sends."""
    for name, path in pages.items():
        for encoding, headers in ENCODINGS.items():
            body = get(site.web, path, **{k.replace("_", "-"): v for k, v in headers.items()})[2]
            (site.folder / "files" / f"{name.replace(' ', '-')}.{encoding}").write_bytes(body)


def table(rows: list[Row]) -> str:
    head = "| page | sent as | bytes | app server | bare Django view | ratio | nginx, cached | nginx, file | ratio |\n|---|---|--:|--:|--:|--:|--:|--:|--:|\n"
    return head + "".join(
        f"| {r.page} | {r.encoding} | {r.size:,} | {r.app:,.0f} | {r.bare:,.0f} | **{r.app / r.bare:.2f}**"
        f" | {r.cached:,.0f} | {r.file:,.0f} | **{r.cached / r.file:.2f}** |\n"
        for r in rows
    )
