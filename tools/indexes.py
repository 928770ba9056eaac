"""Hands the machine's pip settings (mirrors, certificates, proxies) on to uv, writing none down."""

import ast
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.place import PYTHON
from tools.work import child_environment

SECTIONS = ("global", "install", ":env:")
"""Where a pip setting may stand; the later wins."""

SETTING = re.compile(r"^(?P<section>[^.]+)\.\.?(?P<name>[a-z-]+)=(?P<value>.+)$")
FALSE = {"", "0", "no", "off", "false"}


def uv_environment() -> tuple[dict[str, str], list[str]]:
    """The environment and the extra arguments with which uv sees what pip sees."""
    env = child_environment()
    listed = subprocess.run(
        [PYTHON, "-m", "pip", "config", "list"],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    settings = pip_settings(listed.stdout)
    arguments = [] if settings.get("no-index", "").lower() in FALSE else ["--no-index"]
    return {**env, **uv_settings(settings, env)}, arguments


def pip_settings(listed: str) -> dict[str, str]:
    """What `pip config list` says, as one value per setting."""
    found: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
    for line in listed.splitlines():
        match = SETTING.match(line)
        if match and match["section"] in found:
            found[match["section"]][match["name"]] = str(ast.literal_eval(match["value"]))
    return {name: value for section in SECTIONS for name, value in found[section].items()}


def uv_settings(settings: Mapping[str, str], env: Mapping[str, str]) -> dict[str, str]:
    """The uv variables that mean the same as these pip settings, unless already set."""
    indexes = _present(settings.get("extra-index-url", ""))
    wanted = {
        "UV_DEFAULT_INDEX": settings.get("index-url", ""),
        "UV_EXTRA_INDEX_URL": " ".join(indexes),
        # pip looks in all indexes alike; uv would stop at the first that knows the name.
        "UV_INDEX_STRATEGY": "unsafe-best-match" if indexes else "",
        "UV_FIND_LINKS": ",".join(_present(settings.get("find-links", ""))),
        "UV_INSECURE_HOST": " ".join(settings.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": settings.get("default-timeout", settings.get("timeout", "")),
        "UV_HTTP_RETRIES": settings.get("retries", ""),
        "SSL_CERT_FILE": settings.get("cert", ""),
        "SSL_CLIENT_CERT": settings.get("client-cert", ""),
        "ALL_PROXY": settings.get("proxy", ""),
    }
    if env.get("UV_INDEX_URL"):
        del wanted["UV_DEFAULT_INDEX"]
    return {name: value for name, value in wanted.items() if value and not env.get(name)}


def _present(places: str) -> list[str]:
    """The places of a pip list, without folders that are not there: pip skips them, uv stops."""
    return [place for place in places.split() if _is_there(place)]


def _is_there(place: str) -> bool:
    parts = urlsplit(place)
    if parts.scheme == "file":
        return Path(unquote(parts.path)).exists()
    return bool(parts.scheme) or Path(place).expanduser().exists()
