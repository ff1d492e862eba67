"""What people see and press: the only part that knows Streamlit."""
