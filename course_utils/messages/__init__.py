"""Every sentence that a student can read."""
