"""An OpenAI-compatible endpoint: the model's name is the approach that answers."""
