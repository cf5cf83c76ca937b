"""How near Plenum comes to what cannot be done faster: a bare Django view, and nginx with a file."""

import statistics
from typing import NamedTuple

from bench.load import wrk
from bench.site import Site, get

TURN = 0.5  # seconds that each is asked before the next one is: what the machine does besides meets them alike
ENCODINGS = {"plain": {}, "br": {"Accept_Encoding": "gzip, deflate, br, zstd"}}


class Row(NamedTuple):
    page: str
    encoding: str
    size: int  # bytes
    rates: dict[str, list[float]]  # requests a second in each turn, by who answers

    def rate(self, kind) -> float:
        return statistics.median(self.rates[kind])

    def ratio(self, kind, floor) -> float:
        """The median of what came out in each turn: neighbours in time are compared, not minutes."""
        return statistics.median(a / b for a, b in zip(self.rates[kind], self.rates[floor], strict=True))


def measure(site: Site, pages: dict[str, str], seconds: float) -> list[Row]:
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
    asked = {name.replace("_", "-"): value for name, value in headers.items()}
    status, sent, body = get(site.web, path, **asked)
    if status != 200 or sent.get("content-encoding", "plain") != encoding:
        raise SystemExit(f"FAILED: {path} is {status}, {sent}")
    file = f"/{name.replace(' ', '-')}.{encoding}"
    paths = {"app": path, "cached": path, "bare": file, "file": file}
    found = {kind: [] for kind in ports}
    for _turn in range(round(seconds / TURN)):
        for kind, port in ports.items():
            get(port, paths[kind], **asked)  # what nginx keeps is older than a second since the last turn
            load = wrk(port, paths[kind], TURN, **headers)
            if load.errors:
                raise SystemExit(f"FAILED: {load} on {kind} {path}")
            found[kind].append(load.requests_a_second)
    made = Row(name, encoding, len(body), found)
    told = "  ".join(f"{kind} {made.rate(kind):7.0f}" for kind in ports)
    ratios = f"{made.ratio('app', 'bare'):.2f} {made.ratio('cached', 'file'):.2f}"
    print(f"   {name:13} {encoding:6} {made.size:8} B   {told}   {ratios}", flush=True)
    return made


def save_bodies(site, pages):
    """What the floors serve: the very bytes that Plenum sends."""
    for name, path in pages.items():
        for encoding, headers in ENCODINGS.items():
            body = get(site.web, path, **{k.replace("_", "-"): v for k, v in headers.items()})[2]
            (site.folder / "files" / f"{name.replace(' ', '-')}.{encoding}").write_bytes(body)


def table(rows: list[Row]) -> str:
    head = "| page | sent as | bytes | app server | bare Django view | ratio | nginx, Plenum | nginx, file | ratio |\n|---|---|--:|--:|--:|--:|--:|--:|--:|\n"
    return head + "".join(
        f"| {r.page} | {r.encoding} | {r.size:,} | {r.rate('app'):,.0f} | {r.rate('bare'):,.0f} | **{r.ratio('app', 'bare'):.2f}**"
        f" | {r.rate('cached'):,.0f} | {r.rate('file'):,.0f} | **{r.ratio('cached', 'file'):.2f}** |\n"
        for r in rows
    )
