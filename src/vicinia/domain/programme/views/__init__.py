"""Pages of programmes, sheets, activities and reports at the desk."""
