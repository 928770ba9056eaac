"""Access: who acts, which roles there are, what a municipality has chosen, who saw personal data."""
