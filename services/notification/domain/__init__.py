"""What notification decides, and nothing else: no I/O, no clock."""
