"""`course grade`: read, run, record, summarize."""
