"""Plenum with a clock that follows a file: CLOCK_FILE says how many seconds off it is. Only for clock_jumps().

libfaketime would do it for any process, but Python 3.11's time.sleep fails under it (Debian's 0.9.10). time-machine
moves what Python code reads: datetime, time, and gunicorn's Date header with them.
"""

import datetime as dt
import os
import threading
import time
from pathlib import Path

import time_machine

from conference.wsgi import application

__all__ = ["application"]
CLOCK = Path(os.environ["CLOCK_FILE"])


def follow():
    began, counted, told = dt.datetime.now(dt.UTC), time.monotonic(), "0"
    traveller = time_machine.travel(began, tick=True).start()
    while True:
        said = CLOCK.read_text().strip() or told
        if said != told:
            told = said
            traveller.move_to(began + dt.timedelta(seconds=time.monotonic() - counted + float(said)))
        time.sleep(0.1)


os.register_at_fork(after_in_child=threading.Thread(target=follow, name="clock", daemon=True).start)  # in each worker
