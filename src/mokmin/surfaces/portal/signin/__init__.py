"""Sign-in (로그인): django-allauth in the municipality's own words."""
