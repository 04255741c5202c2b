"""What ours is measured against, one file each."""
