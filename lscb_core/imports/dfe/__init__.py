"""The Department for Education's statistics on children in need, of any release."""
