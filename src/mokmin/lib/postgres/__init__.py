"""The embedded PostgreSQL: one data folder, one server, one Unix socket, any binaries.

`Cluster` starts and stops it; `backup` dumps and restores; `roles` names who may connect.
"""

from mokmin.lib.postgres.binaries import Binaries
from mokmin.lib.postgres.client import Tool
from mokmin.lib.postgres.cluster import Cluster, Status
from mokmin.lib.postgres.problem import PostgresProblem

__all__ = ["Binaries", "Cluster", "PostgresProblem", "Status", "Tool"]
