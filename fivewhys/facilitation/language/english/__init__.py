"""What is known of English words: data only. Open classes are text files beside the closed ones."""
