"""Earlier cases like a matter: which come first, by which named signals, what is alike and what differs."""
