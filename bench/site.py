"""An installation for a measurement: its folder, its processes. All of it on 127.0.0.1, all of it gone afterwards."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE / "scripts"))
import freshness  # noqa: E402, F401 (the same for all who measure)
import nginx_files  # noqa: E402 (production's own)

FILES = """
worker_processes auto; worker_rlimit_nofile 16384; pid {here}/pid; error_log stderr warn;
events {{ worker_connections 4096; }}
http {{
  default_type application/octet-stream; sendfile on; tcp_nopush off; keepalive_timeout 65s;
  client_body_temp_path {here}/t1; proxy_temp_path {here}/t2; fastcgi_temp_path {here}/t3; uwsgi_temp_path {here}/t4; scgi_temp_path {here}/t5;
  log_format plain '$time_iso8601 $request_id "$request_method $uri" $status $body_bytes_sent $request_time';
  access_log /dev/stdout plain buffer=32k flush=1s;
  {headers}
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


class Site:
    """One installation with production's settings. `start_…` leave a process running until the site is closed."""

    def __init__(self, **more):
        self.folder = Path(tempfile.mkdtemp(prefix="plenum-measured-"))
        self.folder.chmod(0o755)  # nginx' workers are somebody else
        self.web, self.http, self.https = free_port(), free_port(), free_port()
        self.processes: dict[str, subprocess.Popen] = {}
        self.environment = {name: os.environ[name] for name in ("PATH", "DATABASE_URL") if name in os.environ} | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "PUBLIC_URL": "https://localhost",
            "BEHIND_PROXY": "1",
            "VAR_DIR": str(self.folder / "var"),
            "PAGES_DIR": str(self.folder / "var" / "pages"),
            "STATIC_ROOT": str(self.folder / "static"),
            "BENCH_FILES": str(self.folder / "files"),
            "BIND": f"127.0.0.1:{self.web}",
            "PYTHONPATH": str(HOUSE),
            "PYTHONHASHSEED": "0",
            **more,
        }
        (self.folder / "files").mkdir()

    def __enter__(self):
        self.manage("migrate", "--no-input")
        self.manage("collectstatic", "--no-input")
        return self

    def __exit__(self, *_error):
        for process in self.processes.values():
            stop(process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def manage(self, *arguments) -> str:
        return self.run(sys.executable, "manage.py", *arguments)

    def run(self, *command) -> str:
        ran = subprocess.run(command, cwd=HOUSE, env=self.environment, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise SystemExit(f"FAILED ({ran.returncode}): {command}\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    def start(self, name, *command, **more) -> subprocess.Popen:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=HOUSE, env=self.environment | more, stdout=log, stderr=log, start_new_session=True
            )
        self.processes[name] = process
        return process

    def start_web(self, application="conference.wsgi", **environment) -> subprocess.Popen:
        """Plenum under gunicorn, with production's configuration file."""
        process = self.start("web", *gunicorn(application), **environment)
        until_answers(self.web, "/healthz")
        return process

    def start_bare(self) -> int:
        """The bare Django view under the same server; its port."""
        port = free_port()
        self.start("bare", *gunicorn("bench.bare", "bench/bare.conf.py"), BIND=f"127.0.0.1:{port}")
        until_answers(port, "/")
        return port

    def start_nginx(self) -> int:
        """nginx in front of Plenum, with production's configuration files; its port."""
        here = self.folder / "nginx"
        here.mkdir(mode=0o755, exist_ok=True)
        nginx_files.write(here, "plain", self.web, f"127.0.0.1:{self.http}", f"127.0.0.1:{self.https}")
        self.start("nginx", "nginx", "-c", here / "nginx.conf", "-g", "daemon off;")
        until_open(self.http)
        return self.http

    def start_files(self, page) -> int:
        """nginx that serves the folder `files`, with the headers that a page has; its port."""
        port, here = free_port(), self.folder / "floor"
        here.mkdir()
        (here / "nginx.conf").write_text(
            FILES.format(here=here, port=port, root=self.folder / "files", headers=self.headers_of(page))
        )
        self.start("files", "nginx", "-c", here / "nginx.conf", "-g", "daemon off;")
        until_open(port)
        return port

    def headers_of(self, page) -> str:
        """nginx's words for the headers of a page that a file would not have: so the same bytes go out."""
        own = {"content-type", "content-length", "date", "server", "connection", "etag", "content-encoding"}
        sent = get(self.web, page)[1]
        return " ".join(f'add_header {name} "{value}";' for name, value in sent.items() if name not in own)

    def workers(self) -> list[int]:
        """The process ids of gunicorn's workers."""
        children = Path(f"/proc/{self.processes['web'].pid}/task/{self.processes['web'].pid}/children")
        return [int(pid) for pid in children.read_text().split()]


def gunicorn(application, configuration="deploy/gunicorn.conf.py"):
    return sys.executable, "-m", "gunicorn", f"--config={configuration}", f"{application}:application"


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def get(port, path, **headers):
    """(status, headers with small letters, bytes)"""
    web = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        web.request("GET", path, headers={"Host": "localhost"} | headers)
        answer = web.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        web.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def until_open(port, seconds=30):
    until(lambda: socket.create_connection(("127.0.0.1", port), timeout=1).close(), seconds)


def until_answers(port, path, seconds=60):
    until(lambda: get(port, path), seconds)


def until(act, seconds):
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError):
            return act()
        if time.monotonic() > deadline:
            raise SystemExit(f"FAILED: nothing answered within {seconds} seconds")
        time.sleep(0.02)
