"""Backups: a dump, a manifest of what it holds, and the proof that a database holds the same."""
