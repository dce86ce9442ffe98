"""What people say: their cells, the sheets and words that they fill, and what the cells mean."""
