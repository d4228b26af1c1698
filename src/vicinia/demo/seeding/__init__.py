"""The fictional town lives its two years: everything is made through the same actions that its people would use."""

from vicinia.demo.seeding.town import Progress, live, page_of_a_resident

__all__ = ["Progress", "live", "page_of_a_resident"]
