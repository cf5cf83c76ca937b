"""nginx_files.py FOLDER SITE: nginx's configuration with its variables filled in, as the nginx image does it with envsubst."""

import re
import sys
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "deploy" / "nginx"


def write(folder: Path, site: str, web: int | str = 8000, http: int = 8080, https: int = 8443):
    """Write nginx.conf and what it includes into a folder, for `nginx -c`. `web` is where Plenum listens: a port here, or
    nginx's words for another place. Raises KeyError for an unknown variable."""
    values = {
        "UPSTREAM": web if isinstance(web, str) else f"127.0.0.1:{web}",
        "SERVER_NAMES": "localhost",
        "SITE": site,
        "HTTP": http,
        "HTTPS": https,
        "CERTIFICATES": folder,
        "TRUSTED_PROXY": "127.0.0.1",
        "HSTS": 31_536_000,
        "SUBDOMAINS": "",
        "PAGES": folder.parent / "var" / "pages",
        "HERE": folder,
    }
    for template in TEMPLATES.glob("*.template"):
        filled = re.sub(r"\$\{(\w+)\}", lambda found: str(values[found[1]]), template.read_text())
        (folder / template.stem).write_text(filled)


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2])
