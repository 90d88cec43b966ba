"""What goes back: feedback to students; score table, class report and exports to instructors.

feedback/            a page and feedback.json for every student
class_report/        `course report`: how the class did, which mistakes it made, what to look at
score_table.py       `course table`: the scores of a class
run_summary_text.py  what `course grade` did, as text
export.py            scores for spreadsheets, Canvas and Moodle
lateness.py          how late a submission came, in words
html/                safe HTML from what a student wrote
"""
