"""`course report`: a page on how the class did, which mistakes it made, and what to look at."""

from grading.returns.class_report.page import write_report

__all__ = ["write_report"]
