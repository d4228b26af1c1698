"""Pages of worksites at the desk."""
