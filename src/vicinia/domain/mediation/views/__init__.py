"""Pages of mediations: of who follows the case, and of the mediator."""
