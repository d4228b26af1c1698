"""What residents type, checked for shape. What was typed always comes back with the error beside it."""
