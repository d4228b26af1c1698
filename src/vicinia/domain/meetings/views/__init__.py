"""Pages of network meetings."""
