"""Prints of personal data, as pages of the console report them."""

from mokmin.surfaces.kit.printing import address, printed

__all__ = ["address", "printed"]
