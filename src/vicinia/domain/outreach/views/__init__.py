"""The desk of the laboratory: notices, events, the newsletter, the plan."""
