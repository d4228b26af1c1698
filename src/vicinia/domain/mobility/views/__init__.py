"""The pages of mobility."""
