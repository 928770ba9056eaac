"""What every database role may do, as SQL that can be repeated: run here, or handed to a DBA."""

from collections.abc import Iterator

from mokmin.lib.postgres import roles

WITH_PASSWORD = (roles.OWNER, roles.APP, roles.BACKUP)
"""Who signs in to an external server; on the embedded one the operating system vouches for them."""

PLACEHOLDER = "여기에-{role}-암호"

DBA_HEADER = """\
-- mokmin의 데이터베이스 역할(PostgreSQL {oldest} 이상). psql에서 최고관리자로 실행해 주세요.
-- 여러 번 실행해도 됩니다. 아래의 암호 자리 {count}곳을 먼저 바꿔 주세요.
--   {owner}: 표의 주인, 마이그레이션(DATABASE_OWNER_URL)
--   {app}: 웹과 작업기, 울타리 안에서만 일합니다(DATABASE_URL)
--   {backup}: 백업, 모두 읽고 아무것도 못 고칩니다(DATABASE_BACKUP_URL)
--   {search}: 검색 함수의 주인, 로그인하지 않습니다
\\set ON_ERROR_STOP on
"""


def statements(database: str = roles.DATABASE) -> Iterator[str]:
    """Have the roles with exactly their rights, and keep everybody else out of the database."""
    yield from _roles()
    yield from _database(database)


def for_dba(database: str = roles.DATABASE, *, oldest: int) -> str:
    """The same as a psql script that also makes the database and sets passwords."""
    header = DBA_HEADER.format(
        oldest=oldest,
        count=len(WITH_PASSWORD),
        owner=roles.OWNER,
        app=roles.APP,
        backup=roles.BACKUP,
        search=roles.SEARCH,
    )
    literal = database.replace("'", "''")
    create = roles.create_database(database).replace("'", "''")
    parts = [
        *(f"{line};" for line in _roles()),
        *(
            f"ALTER ROLE {role} PASSWORD '{PLACEHOLDER.format(role=role)}';"
            for role in WITH_PASSWORD
        ),
        f"SELECT '{create}'\n"
        f" WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{literal}') \\gexec",
        *(f"{line};" for line in _database(database)),
    ]
    return "\n".join([header, *parts, ""])


def _roles() -> Iterator[str]:
    """A role that is there already is brought back to the rights it should have."""
    for line in roles.CREATE:
        if line.startswith("CREATE ROLE"):
            yield f"DO $$ BEGIN {line}; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
            yield line.replace("CREATE ROLE", "ALTER ROLE", 1)
        else:
            yield line


def _database(name: str) -> Iterator[str]:
    quoted = roles.quoted(name)
    yield f"ALTER DATABASE {quoted} OWNER TO {roles.OWNER}"
    yield f"REVOKE ALL ON DATABASE {quoted} FROM PUBLIC"
    yield f"GRANT CONNECT ON DATABASE {quoted} TO {roles.APP}, {roles.BACKUP}"
