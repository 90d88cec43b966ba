"""What a person should look at first, and what can wait."""

import numpy as np

from grading.returns.class_report.page import MAX_REVIEW_ITEMS, render
from grading.returns.class_report.review_items import review_items
from tests.grading.returns.class_report.made_class import class_of


def class_with_remarks():
    """Forty submissions: most are late or share a note; a few have something of their own."""
    class_data = class_of(np.ones((40, 1)))
    for at, submission in enumerate(class_data.submissions):
        submission.recorded.late = 60.0 if at < 30 else 0.0
        submission.notes = ["'log.txt' was left out"] if at >= 30 else []
    class_data.submissions[20].recorded.penalty = 5.0
    class_data.submissions[21].recorded.flagged = True
    class_data.submissions[22].notes = ["the notebook was handed in as 'other.ipynb'"]
    mark = class_data.submissions[23].recorded.marks["f-0"]
    class_data.submissions[23].recorded.marks["f-0"] = mark._replace(needs_review=True)
    class_data.submissions[24].recorded.comments = [("Needs attention: it is cut off", "")]
    class_data.missing.append("s999")
    return class_data


def test_the_first_are_those_that_need_a_person_most():
    items = review_items(class_with_remarks())
    first = ["s024", "s999", "s023", "s021", "s022"]
    assert [item.student for item in items[:5]] == first
    assert [item.urgent for item in items[:3]] == [True, True, False]
    assert {item.student for item in items[5:15]} == {f"s{at:03d}" for at in range(30, 40)}
    assert items[15].student == "s020"  # a penalty; those after it are only late
    assert len(items) == 41


def test_the_page_shows_ten_and_the_others_when_asked():
    page = render(class_with_remarks())
    shown, _, folded = page.partition('id="looks"')[2].partition("<details>")
    assert shown.count('<th scope="row">') == MAX_REVIEW_ITEMS == 10
    assert "<summary>The other 31</summary>" in folded
    assert folded.partition("</details>")[0].count('<th scope="row">') == 31
