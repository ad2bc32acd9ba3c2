"""How well the assistant answers: questions with verified places, scores, intervals and the floors that guard them."""
