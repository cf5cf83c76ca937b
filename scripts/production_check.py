"""Start Plenum as docker-compose.yml does - the same commands, the same configuration files - on 127.0.0.1, and try it.

PostgreSQL comes from DATABASE_URL (scripts/with_postgres.py starts one), nginx from Debian. Everything stops at the end.
"""

import contextlib
import tempfile
import time
from pathlib import Path

import production_operator as operator
import production_staff as staff
import production_visitors as visitors
from production_site import Site

done: list[tuple[float, str]] = []


def main():
    with tempfile.TemporaryDirectory(prefix="plenum-production-") as folder, contextlib.ExitStack() as running:
        site = Site(Path(folder), running)
        step("The image's build: static files", lambda: site.manage("collectstatic", "--no-input"))
        step("migrate", lambda: site.run_once("migrate"))
        step("check --deploy without a warning", lambda: site.manage("check", "--deploy", "--fail-level", "WARNING"))
        step("The demo conference, published", lambda: site.manage("load_demo"))
        step("gunicorn answers", site.start_web)
        step("nginx answers", site.start_nginx)
        for check in CHECKS:
            step(check.__doc__, lambda check=check: check(site))
    print("\n== Production is well")
    for seconds, heading in done:
        print(f"{seconds:6.1f} s  {heading}")
    print(f"{sum(seconds for seconds, _heading in done):6.1f} s  together")


def step(heading, act):
    started = time.monotonic()
    print(f"== {heading}", flush=True)
    act()
    done.append((time.monotonic() - started, heading))


CHECKS = [
    visitors.pages_over_https,
    visitors.kept_and_compressed,
    visitors.sent_from_files,
    visitors.not_for_the_public,
    visitors.full_marks,
    staff.staff_sign_in,
    staff.nothing_for_others_is_kept,
    staff.second_factor,
    visitors.pictures_and_styles,
    visitors.new_release_is_seen,
    staff.timers,
    staff.what_operators_type,
    operator.restored_while_it_runs,
    operator.a_new_certificate,
    staff.while_a_migration_runs,
    visitors.while_plenum_is_away,
    staff.logs_tell_of_nobody,
]

if __name__ == "__main__":
    main()
