"""The portal: what residents see, and the sign-in pages."""
