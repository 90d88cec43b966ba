"""The detector of street scenes: how it is trained and measured. Needs torch (extra `detector`)."""
