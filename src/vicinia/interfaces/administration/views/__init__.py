"""Pages of the administrator and of the data-protection officer."""
