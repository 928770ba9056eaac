"""Where the sites of this installation are reached, as `mokmin up` says when all is up."""

import os

HOSTS = """
SELECT coalesce(string_agg(h.host, ' ' ORDER BY t.id, h.id), '')
  FROM tenancy_tenant t JOIN tenancy_tenanthost h ON h.tenant_id = t.id
 WHERE (SELECT count(*) FROM tenancy_tenant) > 1
"""
"""Every host name; none with one municipality, which any address reaches."""


def told(hosts: str, *, address: str) -> str:
    """The words after "it is up": one address, or one a line for several municipalities."""
    if not hosts:
        return address
    return "".join(f"\n  {_of(host, address)}" for host in hosts.split())


def _of(host: str, address: str) -> str:
    if os.environ.get("MOKMIN_HTTPS") == "on":
        return f"https://{host}/"
    return f"http://{host}:{address.rstrip('/').rpartition(':')[2]}/"
