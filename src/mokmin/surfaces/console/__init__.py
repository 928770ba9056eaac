"""The console: what staff work with."""
