"""The pages of a body: for who signs in, and for who comes by a link and a code."""
