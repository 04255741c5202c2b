"""What intake decides, and nothing else: no I/O, no clock."""
