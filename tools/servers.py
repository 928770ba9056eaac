"""Debian's PostgreSQL and pgbouncer for the leak checks; without them those tests are skipped."""

import sys
from pathlib import Path

from tools.browser import apt, can_apt
from tools.work import show

PACKAGES = {
    "postgresql-15": Path("/usr/lib/postgresql/15/bin/postgres"),
    "pgbouncer": Path("/usr/sbin/pgbouncer"),
}


def main() -> int:
    """Install what is missing where we may; say so where it is still missing, and go on."""
    missing = [name for name, path in PACKAGES.items() if not path.exists()]
    refused = ""
    if missing and can_apt():
        refused = apt("데비안의 PostgreSQL과 pgbouncer를 설치합니다", missing)
        missing = [name for name, path in PACKAGES.items() if not path.exists()]
    if missing:
        show(f"{', '.join(missing)}이(가) 없어 그 위에서 하는 격리 시험은 건너뜁니다. {refused}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
