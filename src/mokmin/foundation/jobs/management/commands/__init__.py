"""One command: the worker."""
