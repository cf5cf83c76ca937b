"""How gunicorn runs Plenum: in the image, and in `make production-check`. Read by `gunicorn --config`."""

import os

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
worker_tmp_dir = "/dev/shm"  # a heartbeat on a slow disk looks like a dead worker
graceful_timeout = 30  # seconds
timeout = 120  # seconds: an import of a large file takes some
keepalive = 75  # seconds: longer than nginx keeps its connections, so that it never uses one that is just being closed
forwarded_allow_ips = "*"  # only nginx reaches this port; whom it speaks for, conference/visitors.py reads
