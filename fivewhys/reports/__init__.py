"""What leaves the program: Markdown, pictures, outlines, archives.

Pure: values in, text out. No clock, no files, no SQL, no screens; `fivewhys.files` writes files.
"""
