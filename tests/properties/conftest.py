"""How properties are tried: the same examples on every machine, none kept, no clock asked.

`BRIEFBOOK_EXAMPLES=5000 pytest tests/properties` looks further, each time elsewhere.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

# What it works out about Unicode goes to no folder of ours.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "hypothesis-of-briefbook")
_EXAMPLES = int(os.environ.get("BRIEFBOOK_EXAMPLES", "0"))
settings.register_profile(
    "ours", derandomize=not _EXAMPLES, deadline=None, database=None, max_examples=_EXAMPLES or 70,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ours")
