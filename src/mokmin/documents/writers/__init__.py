"""Writers: each makes one kind of file."""
