"""Rules on translations: each says what its original says today, paragraph by paragraph.

pairs         each original with its translations
paragraphs    what has changed in an original since, told where the translation is to follow
word_changes  two versions of a paragraph -> the words that differ, what misleads most first
"""
