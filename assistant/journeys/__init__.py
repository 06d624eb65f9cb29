"""The long journeys over wired parts: questions, training, scoring, verdict."""
