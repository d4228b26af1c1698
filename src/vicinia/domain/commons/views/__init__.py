"""Pages of bodies, spaces and pacts at the desk."""
