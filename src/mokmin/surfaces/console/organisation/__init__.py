"""Pages of the organisation: tree, units, people, chart, reorganisations, orders, hand-overs."""
