"""The calendar in the console: the month, public holidays, fiscal years, elected terms."""
