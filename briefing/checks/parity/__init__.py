"""The language versions of a text, compared by value: numbers, dates, names, negations, links."""
