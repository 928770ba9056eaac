"""The organisation (조직): units, posts and who holds them, as of any date."""
