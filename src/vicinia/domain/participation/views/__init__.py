"""Pages of processes and proposals at the desk."""
