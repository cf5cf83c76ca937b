"""An operator can look up what is installed: the list of parts (SBOM) says what the lock says."""

import json
import re

from django.conf import settings

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


def test_the_list_of_parts_is_in_step_with_the_lock():
    lines = (settings.BASE_DIR / "requirements.txt").read_text().splitlines()
    locked = {found.groups() for found in map(LOCKED.match, lines) if found}
    listed = json.loads((settings.BASE_DIR / "docs" / "sbom.json").read_text())

    assert listed["bomFormat"] == "CycloneDX"
    assert {(part["name"], part["version"]) for part in listed["components"]} == locked, "make sbom writes it again"
    assert len(locked) > 20
    for part in listed["components"]:
        assert part["purl"].startswith("pkg:pypi/"), part["name"]
        hashes = [each for reference in part["externalReferences"] for each in reference.get("hashes", [])]
        assert hashes, f"{part['name']} has no hash"
