"""Safe HTML from what a student wrote: Markdown, formulas, redacted paths."""
