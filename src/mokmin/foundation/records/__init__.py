"""Records (기록): one row for every thing that can be linked, found and opened by its address."""
