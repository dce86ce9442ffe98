"""One file, one question: `analyse(graph, question) -> Report`."""
