"""해솔군, a county that does not exist: its units, posts, people and three years of orders."""
