"""Making pages for other readers out of documents: marked and redacted copies, one combined PDF. Pure: no database, no network."""
