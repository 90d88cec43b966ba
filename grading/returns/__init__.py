"""What goes back: feedback to students; score table, class report and exports to instructors."""
