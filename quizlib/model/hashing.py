"""Identity by content."""

import hashlib
import json
from typing import Any


def canonical_json(content: Any) -> str:
    """Write plain data as JSON with sorted keys, no spaces and no escaped letters (after RFC 8785's intent)."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(content: Any) -> str:
    """Hash plain data: SHA-256 of its canonical JSON, as 64 hexadecimal digits (FIPS 180-4)."""
    return hashlib.sha256(canonical_json(content).encode("utf-8")).hexdigest()
