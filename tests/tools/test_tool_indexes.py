"""uv sees the indexes, certificates and proxies that pip sees."""

import pytest

from tools import indexes


def test_later_sections_of_pip_win():
    listed = "\n".join(
        [
            "global.index-url='http://global.example/simple'",
            "global.timeout='30'",
            "install.index-url='http://install.example/simple'",
            ":env:.timeout='90'",
            "freeze.timeout='5'",
        ]
    )

    settings = indexes.pip_settings(listed)

    assert settings == {"index-url": "http://install.example/simple", "timeout": "90"}


def test_every_setting_is_handed_on(tmp_path):
    settings = {
        "index-url": "http://mirror.example/simple",
        "extra-index-url": f"http://second.example/simple {tmp_path.as_uri()}",
        "find-links": str(tmp_path),
        "trusted-host": "mirror.example\nsecond.example",
        "timeout": "90",
        "retries": "2",
        "cert": "ca.pem",
        "client-cert": "own.pem",
        "proxy": "http://proxy.example:3128",
    }

    assert indexes.uv_settings(settings, {}) == {
        "UV_DEFAULT_INDEX": "http://mirror.example/simple",
        "UV_EXTRA_INDEX_URL": f"http://second.example/simple {tmp_path.as_uri()}",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": str(tmp_path),
        "UV_INSECURE_HOST": "mirror.example second.example",
        "UV_HTTP_TIMEOUT": "90",
        "UV_HTTP_RETRIES": "2",
        "SSL_CERT_FILE": "ca.pem",
        "SSL_CLIENT_CERT": "own.pem",
        "ALL_PROXY": "http://proxy.example:3128",
    }


def test_what_uv_is_already_told_stays():
    settings = {"index-url": "http://mirror.example/simple", "cert": "ca.pem"}
    env = {"UV_DEFAULT_INDEX": "http://chosen.example/simple", "SSL_CERT_FILE": "own.pem"}

    assert indexes.uv_settings(settings, env) == {}


def test_uvs_older_name_for_the_index_counts_as_told():
    settings = {"index-url": "http://mirror.example/simple"}

    assert indexes.uv_settings(settings, {"UV_INDEX_URL": "http://chosen.example"}) == {}


@pytest.mark.parametrize("name", ["extra-index-url", "find-links"])
def test_folders_that_are_not_there_are_left_out(name, tmp_path):
    gone = tmp_path / "gone"

    assert indexes.uv_settings({name: f"{gone.as_uri()} {gone}"}, {}) == {}


@pytest.mark.parametrize(("value", "options"), [("1", ["--no-index"]), ("0", [])])
def test_pip_itself_is_asked(monkeypatch, tmp_path, value, options):
    monkeypatch.setenv("PIP_INDEX_URL", "http://mirror.example/simple")
    monkeypatch.setenv("PIP_NO_INDEX", value)
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    monkeypatch.delenv("UV_INDEX_URL", raising=False)

    env, arguments = indexes.uv_environment()

    assert (env["UV_DEFAULT_INDEX"], arguments) == ("http://mirror.example/simple", options)
