"""Bodies of tenants, spaces with their bookings, pacts: for who works on them and as everybody reads them."""
