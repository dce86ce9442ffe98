"""The text of a standard that somebody has a licence for: what it says, and where it is quoted."""
