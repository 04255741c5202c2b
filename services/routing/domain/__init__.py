"""What routing decides, and nothing else: no I/O, no clock."""
