"""Audits: answering what Amazon demands."""
