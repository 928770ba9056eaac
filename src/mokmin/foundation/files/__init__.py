"""Files (파일): kept by their content, never overwritten, shown to whom their record is shown."""
