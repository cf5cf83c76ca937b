"""What the settings read while tests run; pytest loads it before them (see addopts in pyproject.toml)."""

import os

for name in ["SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL", "PORT", "MEDIA_ROOT", "STATIC_ROOT", "VAR_DIR"]:
    os.environ.pop(name, None)
os.environ["DEBUG"] = "1"
os.environ["DJANGO_LIVE_TEST_SERVER_ADDRESS"] = "127.0.0.1"
