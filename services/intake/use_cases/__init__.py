"""What intake does when somebody asks."""
