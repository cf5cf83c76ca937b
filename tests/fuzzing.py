"""Examples that are made up, hostile words among them: the same few in every ordinary run, many new ones with `make fuzz`.

A slow machine fails none of them: there is no deadline."""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

TIMES = int(os.environ.get("FUZZ", "1"))  # as many examples; `make fuzz` sets it
ODD = [
    *("", " ", "\0", "a\0b", "\ufffd", "\u202e\u2066abc", "\ud800", "👩‍👩‍👧‍👦🏳️‍🌈", "e\u0301" * 50, "\x0b\x0c\x1b[31m", "\r\nSet-Cookie: x=1"),
    *("0", "-1", "1e999", "NaN", "9" * 30, "0x10", "１２", "٣", "1_000", "true", "null", "None", "on", "[]", "{}", '{"a": [', "[1,2]"),
    *("0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2030-02-30", "2030-01-31T25:61", "99:99", "24:00"),
    *("<script>alert(1)</script>", "javascript:alert(1)", "data:text/html,x", "'; DROP TABLE x; --", "{{ 7*7 }}{% debug %}", "%s%(x)s%n"),
    *("../../etc/passwd", "..\\..\\x", "%00", "%2e%2e%2f", "%", "%zz", "\\", "/", "//evil.example/", "?", "#", "&=&", ";"),
    *("a" * 300, "x" * 10_000, "å" * 5_000, "<" * 2_000, "[" * 2_000, "\n" * 2_000),
]  # fmt: skip
odd_words = st.one_of(st.sampled_from(ODD), st.text(max_size=30))

settings.register_profile(
    "plenum",
    max_examples=100 * TIMES,
    derandomize=TIMES == 1,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("plenum")


def examples(number: int):
    """Settings of a test that is tried with so many examples."""
    return settings(max_examples=number * TIMES)
