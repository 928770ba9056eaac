"""Signing in for real: forms that are sent, codes that are computed, letters that are read."""

import base64
import hmac
import re
import struct
import time
from urllib.parse import urlsplit

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.models import AccessEntry
from mokmin.foundation.people.models import Account
from mokmin.foundation.tenancy.context import tenant
from tests import seed

LOGIN = "/account/login/"


def account_of(role, slug="a"):
    """The account of the holder of a role."""
    return Account.objects.get(email=seed.email_of(role, slug))


def sign_in(client, email, password=seed.PASSWORD, **more):
    """Send the sign-in form."""
    return client.post(LOGIN, {"login": email, "password": password, **more})


def totp(secret, step=0):
    """The code that an app shows for this key (RFC 6238), `step` half minutes from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def wrong(code):
    """A code that is certainly none."""
    return f"{(int(code) + 500_000) % 1_000_000:06}"


def secret_on(response):
    """The set-up key that the page shows as text."""
    return re.search(r'data-value="([A-Z2-7]+)"', response.content.decode())[1]


def codes_on(response):
    """The recovery codes that the page shows."""
    return re.findall(r"<li>(\d{8})</li>", response.content.decode())


def set_up_factor(client):
    """Set up the second factor of whoever is signed in: its key and the recovery codes."""
    page = client.get("/account/second/on/")
    secret = secret_on(page)
    done = client.post("/account/second/on/", {"code": totp(secret)})
    return secret, codes_on(done)


def errors_on(response):
    """Every error sentence of the form on the page, as the summary lists them."""
    return [
        str(sentence)
        for sentences in response.context["form"].errors.values()
        for sentence in sentences
    ]


def without_tokens(response):
    """The page as it is read, without what is different at each showing."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r"[\w.-]+@[\w.-]+", "ADDRESS", text)


def log_of(slug="a"):
    """The access log: what was done, by which identifier, on which page."""
    with tenant(seed.tenant_of(slug).pk):
        found = AccessEntry.objects.order_by("id")
        return list(found.values_list("handling", "identifier", "page"))


def choose(slug="a", **values):
    """Change settings of a municipality."""
    with tenant(seed.tenant_of(slug).pk):
        settings = access.settings()
        for name, value in values.items():
            setattr(settings, name, value)
        settings.save()


def let_pass(seconds):
    """Make every counted attempt so much older."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM platform_cache WHERE cache_key LIKE '%%:rl:%%'")
        keys = [key.split(":", 2)[2] for (key,) in cursor.fetchall()]
    for key in keys:
        cache.set(key, [at - seconds for at in cache.get(key, [])], 3600)


def link_in(letter):
    """Host and path of the one link in a letter."""
    (link,) = re.findall(r"https?://\S+", letter.body)
    return urlsplit(link).netloc, urlsplit(link).path


class Cheap(Argon2PasswordHasher):
    """Argon2 at its lowest price, which counts what was asked of it."""

    time_cost, memory_cost, parallelism = 1, 8, 1
    times = 0

    def encode(self, password, salt):
        type(self).times += 1
        return super().encode(password, salt)

    def verify(self, password, encoded):
        type(self).times += 1
        return super().verify(password, encoded)
