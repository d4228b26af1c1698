"""Pages of persons and of households: hidden until a purpose is given."""
