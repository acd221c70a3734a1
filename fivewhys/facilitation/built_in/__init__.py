"""The lenses that come with the program, one TOML file each; `lenses` says how they are read."""
