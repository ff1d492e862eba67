"""Accounts: who may sign in, their roles, passwords and one-time codes, and the demonstration's."""
