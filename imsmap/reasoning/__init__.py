"""What follows from what standards say: ties, kinship, closure, groups, who holds what, counts, faults of the data."""
