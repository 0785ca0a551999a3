"""How a call travels: requests, credentials, repetitions, and what a refusal means."""
