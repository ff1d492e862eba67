"""The speed table: `python3 manage.py bench`. Ratios in one run; nothing here passes or fails."""
