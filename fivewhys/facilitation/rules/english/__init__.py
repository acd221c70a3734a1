"""The words and phrases that the rules know in English."""
