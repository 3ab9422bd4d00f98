"""What of an original has changed since a translation was made of it, paragraph by paragraph.

digests  the digests of a text, which its translations keep in `of:`
changes  the paragraphs that are new, gone, changed, moved, split or merged since
marks    what readers of the translation are told of that, and where
"""
