"""Safe markup of what a student wrote."""
