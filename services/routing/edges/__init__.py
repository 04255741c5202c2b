"""How the world reaches routing."""
