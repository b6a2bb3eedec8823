"""Monthly compliance reports of a seller account."""
