"""What people see: one screen a file, their widgets beside them."""
