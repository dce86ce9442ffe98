"""What programs use: read the library, ask it, and turn answers into files; the command line uses nothing else."""
