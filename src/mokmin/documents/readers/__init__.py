"""Readers: each opens one kind of file, in a child process that may be killed."""
