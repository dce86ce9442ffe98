"""One file, one format: `export(...) -> bytes`; an exporter asks nothing and touches no disk."""
