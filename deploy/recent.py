"""Exit with 0 where a job has succeeded within so many seconds: `recent.py backup 90000`. For the health of the timers."""

import os
import sys
import time
from pathlib import Path

name, seconds = sys.argv[1], float(sys.argv[2])
succeeded = Path(os.environ["VAR_DIR"], "jobs", name)
sys.exit(not succeeded.exists() or time.time() - succeeded.stat().st_mtime > seconds)
