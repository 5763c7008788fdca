"""Print the lower bound of every direct dependency as an exact version, for pip's --constraint."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
for requirement in (*project["dependencies"], *project["optional-dependencies"]["test"]):
    match = re.match(r"([A-Za-z0-9._-]+)>=([0-9.]+)", requirement)
    if match and match[1] != "zensical":  # the newest that installs, whatever it is
        print(f"{match[1]}=={match[2]}")
