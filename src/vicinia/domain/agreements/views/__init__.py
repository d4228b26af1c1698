"""Pages of behaviour agreements: what one sees, proposing, writing and signing, keeping."""
