"""What the territory answers: public endpoints without personal data, and pages of the desk."""
