"""The gallery: every part of the kit with its examples."""
