"""How the documentation is built: `make docs`; every warning is an error."""

import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "extensions"), str(HERE.parent / "src")]
# The tables are read from the product itself, which wants a home; this one is thrown away.
_home = tempfile.TemporaryDirectory(prefix="bangfu-docs-")
os.environ["BANGFU_HOME"] = str(Path(_home.name) / "home")
os.environ["BANGFU_KEYS"] = str(Path(_home.name) / "keys")
os.environ["BANGFU_CHECKPOINTS"] = str(Path(_home.name) / "checkpoints")
os.environ["DJANGO_SETTINGS_MODULE"] = "bangfu.config.settings"

project = "Bangfu"
author = "The Bangfu engineers"
project_copyright = "2026, The Bangfu engineers"
extensions = ["myst_parser", "product_tables"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "extensions"]
nitpicky = True
language = "en"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Bangfu"
html_show_sphinx = False
html_copy_source = False
