"""People: platform-wide accounts, the persons of a municipality, and the roles granted to them."""
