"""The servers on which the search must use its index."""

from tests.foundation.tenancy.conftest import server  # noqa: F401  # a fixture
