"""The verbs: each method of the Calendar API once, described as data; one module per resource."""
