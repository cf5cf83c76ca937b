"""How gunicorn runs Plenum: in the image, and in `make production-check`. Read by `gunicorn --config`.

Plenum is read once, with what is published and its first pages, and the workers are forked from that: they share its
memory, and one that takes another's place is there in milliseconds, with the release that is shown then. For new code
the server is started anew: HUP replaces the workers, not what they are forked from.
"""

import os
import shutil
import tempfile

from conference.logs import configuration
from conference.starting import number_from

MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None  # nosec B108 # mkdtemp makes a folder for this user alone
# The workers count in files there, and whichever is asked at /metrics adds them up. Read again after a HUP: the same one.
OWN = "plenum-metrics-"
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=OWN, dir=MEMORY)

from prometheus_client import multiprocess  # noqa: E402 (it reads the variable when it is imported)

bind = os.environ.get("BIND", "0.0.0.0:8000").split(",")  # unix:/a/path, too: who comes by it must be a proxy
workers = number_from("WEB_CONCURRENCY", 2, least=1)
worker_class = "gthread"
preload_app = True
threads = 12  # two are always left for the public: programme/middleware.py (MOST_WAITING)
worker_tmp_dir = MEMORY  # a heartbeat on a slow disk looks like a dead worker
graceful_timeout = 30  # seconds
timeout = 120  # seconds: an import of a large file takes some
keepalive = 75  # seconds: longer than nginx keeps its connections, so that it never uses one that is just being closed
control_socket_disable = True
logconfig_dict = configuration("INFO", as_json=os.environ.get("LOG_FORMAT", "json") == "json")
# gunicorn gives its own logger a handler; it writes as all the others do instead.
logconfig_dict["loggers"]["gunicorn.error"] = {"handlers": ["console"], "level": "INFO", "propagate": False}
accesslog = None  # nginx has it for the public, conference/logs.py for staff


def pre_fork(server, worker):
    from programme.watch import prepare  # needs the settings, which are read by now

    prepare()
    multiprocess.mark_process_dead(os.getpid())  # this process serves nobody: its numbers would stand still


def post_worker_init(worker):
    from programme.watch import watch

    watch()


def child_exit(server, worker):
    multiprocess.mark_process_dead(worker.pid)


def on_exit(server):
    folder = os.environ["PROMETHEUS_MULTIPROC_DIR"]
    if os.path.basename(folder).startswith(OWN):
        shutil.rmtree(folder, ignore_errors=True)
