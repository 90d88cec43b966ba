"""Reading notebooks, also whatever was handed in, and rebuilding a submission from the release."""
