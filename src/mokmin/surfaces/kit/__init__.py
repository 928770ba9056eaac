"""The kit: design system, shells, middleware and the parts every page is made of."""
