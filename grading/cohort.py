def make_cohort(course, name, seed): raise NotImplementedError
