"""Readers as they run in the disposable process: no Django, nothing loaded late, plain JSON out."""
