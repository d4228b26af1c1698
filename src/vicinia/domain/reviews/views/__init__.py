"""Pages of reviews at the desk."""
