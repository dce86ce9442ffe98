"""One file, one picture: `draw(report, size) -> tuple[Picture, ...]`."""
