"""Accounts: passwords, and the accounts of the demonstration."""
