"""Which standard first: the rules by which an answer follows from what people say."""
