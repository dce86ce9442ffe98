"""What standards say: their values, the graph of them, what people call them, and the files they come from."""
