"""What the settings read while tests run. pytest loads this before Django's settings (see addopts in pyproject.toml)."""

import os

FROM_OUTSIDE = ["SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "PUBLIC_URL", "MEDIA_ROOT", "STATIC_ROOT", "VAR_DIR", "PORT"]

for name in FROM_OUTSIDE:
    os.environ.pop(name, None)
os.environ["DEBUG"] = "1"
os.environ["DJANGO_LIVE_TEST_SERVER_ADDRESS"] = "127.0.0.1"
