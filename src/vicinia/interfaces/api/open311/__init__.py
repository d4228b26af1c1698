"""Open311 GeoReport v2: services, requests and their updates, for the programs of other cities and vendors."""
