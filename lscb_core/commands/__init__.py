"""Acts: one function for each thing a person may do; the change and its history in one transaction."""
