"""Numbers, durations, dates and hours in running text, in digits and in the words of a language."""
