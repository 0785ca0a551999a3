"""How the documentation is built; `make docs` turns every warning into an error."""

from __future__ import annotations

from gcsa._version import __version__

project = "gcsa"
author = "the gcsa maintainers"
project_copyright = "2026, the gcsa maintainers"
release = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
]
exclude_patterns = ["_build", "conftest.py"]
html_theme = "furo"
html_title = f"gcsa {release}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
# The docstrings use Markdown's single backticks for code.
default_role = "code"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_preprocess_types = False
