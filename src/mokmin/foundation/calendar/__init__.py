"""The calendar (달력): public holidays, fiscal years, elected terms, and what they move."""
