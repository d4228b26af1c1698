"""Pages of the mobility at the desk."""
