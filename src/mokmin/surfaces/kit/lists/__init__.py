"""Lists (목록): page, print, file, saved views and bulk work out of one declaration."""
