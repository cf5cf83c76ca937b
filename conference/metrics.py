"""What a process counts, for Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/).

Several processes of one server count into files in PROMETHEUS_MULTIPROC_DIR, which deploy/gunicorn.conf.py names; whoever
is asked adds them up. No visitor's data: kinds of pages, statuses, numbers.
"""

import datetime as dt
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

REQUESTS = Counter("plenum_requests", "Requests answered, by kind of page and status", ["page", "status"])
MADE = Histogram("plenum_answer_seconds", "Making an answer that was not kept yet, by kind of page", ["page"])
KEPT_BYTES = Gauge("plenum_answers_bytes", "Answers kept in memory, of all processes", multiprocess_mode="livesum")
KEPT = Gauge("plenum_answers_kept", "How many answers are kept, in all processes", multiprocess_mode="livesum")
RELEASE = Gauge("plenum_release", "The number of the release shown", ["conference"], multiprocess_mode="livemin")
PUBLISHED = Gauge(
    "plenum_release_published_seconds", "When it was published (Unix time)", ["conference"], multiprocess_mode="livemin"
)
DEGRADED = Gauge("plenum_database_gone", "1 while the database does not answer", multiprocess_mode="livemax")


def count_staff(get_response):
    """Middleware for what Django answers, by the name of the view."""

    def middleware(request):
        response = get_response(request)
        match = request.resolver_match
        page = f"staff:{match.view_name}" if match else "staff:nowhere"
        REQUESTS.labels(page, str(response.status_code)).inc()
        return response

    return middleware


def metrics(request, is_waiting):
    """All of it in Prometheus' text format; nothing there (404) for whoever may not read it. `is_waiting()`: whether the
    thread that tells of the database waits for it, and cannot."""
    if not may_read(request):
        raise Http404
    if is_waiting():
        DEGRADED.set(1)
    return HttpResponse(generate_latest(registry()), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def may_read(request) -> bool:
    """Who names METRICS_TOKEN ("Authorization: Bearer …"), or asks from this machine without a proxy between."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and scheme.lower() == "bearer":
        return secrets.compare_digest(token.encode(), settings.METRICS_TOKEN.encode())
    is_direct = not any(
        name in request.headers for name in ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via")
    )
    return is_direct and request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")


def registry():
    """This process, or all of the server's, and the jobs."""
    found = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(found)
    else:
        found.register(REGISTRY)
    found.register(Jobs())
    return found


# --- Jobs: commands that run again and again, in processes of their own

JOBS = {"publish_due", "backup"}  # run by a timer; whoever watches wants to know how they end


def job_done(name: str, succeeded: bool):
    """Note how a job has just ended: in files, since its process ends, too."""
    failure = jobs() / f"{name}.failed"
    with suppress(OSError):  # the job itself has ended
        jobs().mkdir(parents=True, exist_ok=True)
        if succeeded:
            (jobs() / name).touch()
            failure.unlink(missing_ok=True)
        else:
            failure.touch()


def jobs() -> Path:
    return settings.VAR_DIR / "jobs"


def failed_jobs() -> list[str]:
    """The jobs whose last run failed."""
    return sorted(file.stem for file in jobs().glob("*.failed"))


def age_of_job(name: str) -> dt.timedelta | None:
    """How long ago a job last succeeded, if it ever did."""
    with suppress(FileNotFoundError):
        return dt.timedelta(seconds=time.time() - (jobs() / name).stat().st_mtime)
    return None


class Jobs:
    """When each job last succeeded, and whether it has failed since, read when somebody asks."""

    def collect(self):
        last = GaugeMetricFamily("plenum_job_success_seconds", "When a job last succeeded (Unix time)", labels=["job"])
        age = GaugeMetricFamily("plenum_job_age_seconds", "How long ago a job last succeeded", labels=["job"])
        failed = GaugeMetricFamily("plenum_job_failed", "1 where its last run failed", labels=["job"])
        files = {file.name: file.stat().st_mtime for file in jobs().iterdir()} if jobs().is_dir() else {}
        for name in sorted(JOBS):
            failed.add_metric([name], f"{name}.failed" in files)
            age.add_metric(
                [name], max(0.0, time.time() - files.get(name, float("-inf")))
            )  # never: older than any alarm
            if name in files:
                last.add_metric([name], files[name])
        yield from (last, age, failed)
