"""Pages of the desk that casework owns: the list, a case, its acts, and the panels that lower pages show."""
