"""How gunicorn runs the bare view: as production runs Plenum, with nothing to prepare. Read by `gunicorn --config`."""

import runpy

production = runpy.run_path("deploy/gunicorn.conf.py")
globals().update({name: value for name, value in production.items() if name not in ("pre_fork", "post_worker_init")})
