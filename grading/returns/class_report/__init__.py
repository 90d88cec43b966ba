"""`course report`: a page on how the class did, which mistakes it made, and what to look at.

class_data.py       what the report is made from, and where it is read
item_statistics.py  how the tests did: facility and discrimination
common_mistakes.py  the mistakes of the class, with an example of each
review_items.py     the submissions that a person should look at
similarity.py       solutions that are suspiciously similar
statements.py       statements in a normal form, to compare solutions by
plots.py            the two plots
page.py             all of it as HTML, with template.html.j2
"""

from grading.returns.class_report.page import write_report

__all__ = ["write_report"]
