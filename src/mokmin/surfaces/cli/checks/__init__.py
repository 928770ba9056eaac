"""What `mokmin doctor` looks at: the machine, the database, and what goes on in it."""
