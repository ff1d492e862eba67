"""What the words of a source of referral mean."""
