"""Makes the encoder that comes with the package: `python -m training` (needs the extra `train`).

Nothing here is installed with the program.
"""
