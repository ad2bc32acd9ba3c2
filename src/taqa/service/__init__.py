"""The HTTP door: an API over the assistant and the chat page that uses it."""
