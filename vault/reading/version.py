"""Which generation of the reader made a reading."""

READER = "2"
"""Goes up when reading again would give something better; what an older one has read is then read again."""
