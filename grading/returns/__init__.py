"""What goes back: feedback pages for students; the score table, the class report and exports for instructors."""
