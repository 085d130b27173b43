"""Which agency is meant? Names as printed -> normal names, with parent, place, and other names through time."""
