"""What oversight decides: pure, no I/O, time comes in the command."""
