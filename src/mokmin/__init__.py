"""mokmin (목민): the open platform on which a Korean municipality runs its work loop."""

__version__ = "0.1.0"
