"""One installation as docker-compose.yml describes it, in a folder of its own, on 127.0.0.1, without Docker."""

import contextlib
import os
import secrets
import signal
import socket
import ssl
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import compose
import nginx_files

HOUSE = compose.HOUSE
PAGE = "/nb/sammen/programme/"  # of the demo


class Site:
    """PostgreSQL comes from DATABASE_URL. What is started here is stopped when `running` is closed."""

    def __init__(self, folder: Path, running: contextlib.ExitStack, **more: str):
        self.folder, self.running = folder, running
        self.http, self.https, self.web = free_port(), free_port(), free_port()
        self.address = f"https://localhost:{self.https}"
        self.given = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "localhost",
            "SERVER_NAMES": "localhost",
            "PUBLIC_URL": self.address,
            "POSTGRES_PASSWORD": "of-no-use",
            "DATABASE_URL": os.environ["DATABASE_URL"],
            "METRICS_TOKEN": secrets.token_urlsafe(20),
            "PLENUM_LANG": "en_GB.UTF-8",
        } | more
        self.services = compose.services(self.given)
        self.processes: dict[str, subprocess.Popen] = {}

    @property
    def environment(self) -> dict[str, str]:
        """What a container of Plenum's sees, with the image's own folders moved into ours."""
        told = self.services["web"]["environment"]
        return {name: str(value) for name, value in told.items() if value is not None} | {
            "PATH": f"{HOUSE / '.venv' / 'bin'}:{os.environ['PATH']}",
            "VAR_DIR": str(self.folder / "var"),
            "STATIC_ROOT": str(self.folder / "static"),
            "PAGES_DIR": str(self.folder / "var" / "pages"),
            "BACKUP_DIR": str(self.folder / "backups"),
            "BIND": self.moved(told["BIND"].replace("0.0.0.0:8000", f"127.0.0.1:{self.web}")),
        }

    def moved(self, text: str) -> str:
        """With the door between Plenum and nginx in our folder."""
        return text.replace("/run/plenum", str(self.folder))

    def manage(self, *arguments, **more) -> str:
        """What a command says; its failure ends the check."""
        ran = self.try_to_manage(*arguments, **more)
        if ran.returncode:
            raise SystemExit(f"FAILED: manage.py {' '.join(arguments)}\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    def try_to_manage(self, *arguments, **more) -> subprocess.CompletedProcess:
        command = [sys.executable, "manage.py", *arguments]
        environment = self.environment | more
        return subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)

    def make_superuser(self, name, password):
        self.manage(
            "createsuperuser", "--no-input", f"--username={name}", "--email=", DJANGO_SUPERUSER_PASSWORD=password
        )

    @contextlib.contextmanager
    def running_shell(self, code: str):
        """Python in the installation, for as long as what happens within."""
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        process = subprocess.Popen(command, cwd=HOUSE, env=self.environment, stdout=subprocess.PIPE, text=True)
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            process.stdout.close()

    def run_once(self, service: str):
        """A service that does one thing and ends."""
        command = compose.command_of(self.services[service])
        ran = subprocess.run(command, cwd=HOUSE, env=self.environment, capture_output=True, text=True, check=False)
        must(ran.returncode == 0, service, ran.stdout, ran.stderr)

    def start(self, service: str, *command: str) -> subprocess.Popen:
        """A service that stays; what it says goes into a file."""
        command = command or compose.command_of(self.services[service])
        with self.log_of(service).open("ab") as log:
            process = subprocess.Popen(
                command, cwd=HOUSE, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.processes[service] = process
        self.running.callback(self.stop, service, process)
        return process

    def is_healthy(self, service: str) -> bool:
        command = compose.health_of(self.services[service])
        return subprocess.run(command, cwd=HOUSE, env=self.environment, check=False).returncode == 0

    def stop(self, service: str, process: subprocess.Popen | None = None):
        process = process or self.processes[service]
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=40)

    def log_of(self, service: str) -> Path:
        return self.folder / f"{service}.log"

    def start_web(self):
        self.start("web")
        until_open(self.web)

    def start_nginx(self, kind="https"):
        """With production's templates; `kind` is SITE. As root, nginx's workers are somebody else, as in their container."""
        self.folder.chmod(0o755)
        here = self.folder / "nginx"
        here.mkdir()
        self.certificate(here)
        upstream = self.moved(self.services["nginx"]["environment"]["UPSTREAM"])
        nginx_files.write(here, kind, upstream, self.http, self.https)
        self.start("nginx", "nginx", "-c", str(here / "nginx.conf"), "-g", "daemon off;")
        until_open(self.https if kind == "https" else self.http)

    def certificate(self, here):
        command = (
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
        )
        files = ["-keyout", here / "privkey.pem", "-out", here / "fullchain.pem"]
        subprocess.run([*command.split(), *files], check=True, capture_output=True)
        self.trusted = ssl.create_default_context(cafile=here / "fullchain.pem")

    def get(self, path, method="GET", body=None, port=None, **headers):
        """(status, headers with small letters, bytes) of an answer over HTTPS, or over HTTP from `port`."""
        status, headers, body = self.get_all(path, method, body, port, **headers)
        return status, dict(headers), body

    def get_all(self, path, method="GET", body=None, port=None, **headers):
        """The same, with every header as a pair: Set-Cookie comes more than once."""
        if port:
            web = HTTPConnection("localhost", port, timeout=30)
        else:
            web = HTTPSConnection("localhost", self.https, timeout=30, context=self.trusted)
        web.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = web.getresponse()
        found = answer.status, [(name.lower(), value) for name, value in answer.getheaders()], answer.read()
        web.close()
        return found


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def until_open(port):
    def is_open():
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True

    until(is_open, f"nothing answers on port {port}")


def until(claim, otherwise, seconds=40):
    deadline = time.monotonic() + seconds
    while not claim():
        must(time.monotonic() < deadline, otherwise)
        time.sleep(0.1)


def must(claim, *evidence):
    if not claim:
        raise SystemExit(f"FAILED: {evidence}")
