"""Letters to Amazon and to suppliers: their templates' parts and the linter of what they say. Pure."""
