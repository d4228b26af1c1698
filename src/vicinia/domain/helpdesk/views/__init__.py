"""The pages of the help desk at the laboratory's desk."""
