"""The screens of single questions: what is most worth knowing about an answer."""
