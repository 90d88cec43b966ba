"""`course watch`: graded on arrival.

watch.py           the command: one watcher for a course
loop.py            notices, starts, finishes; goes on whatever fails
clerk.py           what is done with one hand-in, step by step
desk.py            one assignment: its lock, gradebook and engine
arrival.py         a hand-in, and what an inbox can do
exchange_inbox.py  nbgrader's exchange
folder_inbox.py    a folder of files
copy_tree.py       copies a hand-in without following links
journal.py         what came when, and what became of it
fair_queue.py      who is next
policy.py          when the next answer may come, and how much of it is shown
settings.py        c.Watch in nbgrader_config.py
replies.py         answers and last words
answer.py          an answer as JSON and as a page, with answer.html.j2
trouble.py         what an instructor should know now
status.py          `course watch --status`
"""
