"""How every service speaks HTTP: callers, problems, command routes, the feed."""
