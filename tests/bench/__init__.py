"""Speed, side by side in one run: ours, the alternative a user would take, and the raw limit."""
