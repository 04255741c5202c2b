"""What routing does when somebody asks, or when another service recorded something."""
