"""What will be done about a cause: the form on which it is typed, changed and shown to work."""
