"""Instructors only: hidden tests, build, sample class, grading. Never imported by `course_utils`."""
