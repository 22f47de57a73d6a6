"""Cases a clinician can read: a person, what happened, and what must be decided, as a file that runs."""
