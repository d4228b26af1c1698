"""Pages of the desk that listening owns: the inbox, a report, staff entry, what would be forgotten."""
