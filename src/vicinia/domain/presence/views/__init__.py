"""The pages of presence: key contacts, rounds, what was seen, coverage."""
