"""The figures once more, in loops over rows that anybody can follow; columns must say the same."""
