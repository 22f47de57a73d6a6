"""Forms: fields as a person meets them, and questions from the clinic's content turned into fields."""
