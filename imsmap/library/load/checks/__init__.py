"""What must hold of the mapping data beyond their shape; every fault with its line and what to do."""
