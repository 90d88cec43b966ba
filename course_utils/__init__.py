"""What a student's notebook may import: data, layers, training, plots and checks."""
