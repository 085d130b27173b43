"""What a case is compared by with other cases: its facts, without the formulas and without the outcome."""
