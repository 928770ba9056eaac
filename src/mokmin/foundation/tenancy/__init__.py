"""Tenants (지방자치단체): who they are, and the fence in the database that keeps them apart."""
