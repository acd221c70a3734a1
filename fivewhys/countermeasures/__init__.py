"""What is done about causes: how strong a plan is, when it is due, what customers are told.

Pure: no clock, no files, no database. Days and moments are arguments.
"""
