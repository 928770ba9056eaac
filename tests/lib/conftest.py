"""Property tests of lib: no example database in the tree, no clock on a busy machine."""

from hypothesis import settings

settings.register_profile("lib", database=None, deadline=None, max_examples=200)
settings.load_profile("lib")
