"""How dates are written where the language alone would say something that our readers do not: see settings."""
