"""Pages of votes and draws at the desk."""
