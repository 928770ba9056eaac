"""The command line: start and stop, database, municipalities, diagnosis."""
