"""Everything that is done about bodies of tenants, spaces and pacts. Each act checks, changes, records and tells, in one transaction."""
