"""What the Makefile runs: set-up, checks, tests and locks, in plain Python without dependencies."""
