"""The version, in one place: the build and `gcsa.__version__` read it here."""

__version__ = "3.0.0"
