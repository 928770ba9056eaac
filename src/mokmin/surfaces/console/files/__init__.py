"""Pages of files: what was made for oneself, what is attached to a record, whether all is whole."""
