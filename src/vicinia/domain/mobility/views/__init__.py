"""Pages of the mobility plan at the desk."""
