"""Tenants, trail, access, jobs, records and people: what every domain stands on."""
