"""Load from wrk (https://github.com/wg/wrk), and what it counted."""

import re
import signal
import subprocess
import time
from typing import NamedTuple


class Load(NamedTuple):
    requests_a_second: float
    requests: int
    errors: int  # refused or broken connections, timeouts, and answers that are neither 2xx nor 3xx
    slowest: float  # milliseconds


def wrk(port: int, path: str, seconds: float, connections: int = 32, **headers) -> Load:
    """Ask for one address as often as it goes; 127.0.0.1 only. wrk counts in whole seconds, but takes an interruption."""
    asked = command(port, path, LONGEST, connections, headers)
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as running:
        time.sleep(seconds)
        running.send_signal(signal.SIGINT)
        return counted(running.communicate()[0])


LONGEST = 60  # seconds: it ends by itself where nobody ends it
PIPE = {"capture_output": True, "text": True, "check": True}


def command(port, path, seconds, connections, headers, script=()):
    sent = {"Host": "localhost"} | headers
    said = [f"-H{name.replace('_', '-')}: {value}" for name, value in sent.items()]
    where = f"http://127.0.0.1:{port}{path}"
    return ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout=20s", "--latency", *said, *script, where]


def counted(told: str) -> Load:
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    requests = re.search(r"(\d+) requests in", told)
    socket = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", told)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    errors = sum(map(int, socket.groups())) if socket else 0
    errors += int(refused[1]) if refused else 0
    slowest = re.search(r"Latency\s+\S+\s+\S+\s+([\d.]+)(us|ms|s)", told)
    unit = {"us": 0.001, "ms": 1, "s": 1000}
    return Load(float(rate[1]), int(requests[1]), errors, float(slowest[1]) * unit[slowest[2]])
