"""What comes from outside: returned workbooks and other people's mappings, read whole or refused with every problem."""
