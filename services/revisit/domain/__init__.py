"""What revisit decides, and nothing else: no I/O, no clock."""
