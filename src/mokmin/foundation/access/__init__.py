"""Access: who acts, with which roles, what a municipality chose, who saw personal data."""
