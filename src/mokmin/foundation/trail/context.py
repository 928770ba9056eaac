"""The request that is being answered, as the acts made for it remember it."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("mokmin_request_id", default="")
"""Set by the surface (or the job runner) before it calls any action."""
