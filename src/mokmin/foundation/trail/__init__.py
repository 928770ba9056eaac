"""The trail (변경 이력): who did what and which rows changed, chained so that tampering shows."""
