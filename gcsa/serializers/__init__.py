"""Serializers: the nouns to and from the JSON of Google's API, without losing anything."""
