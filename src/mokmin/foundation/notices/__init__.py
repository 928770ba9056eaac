"""Notices (알림): what a person should know, in the product and once a day by mail."""
