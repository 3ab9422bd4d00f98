"""The round trip with translators' programs: a PO file of a language is written, and taken back.

export      the command: texts on disk -> the PO file
take        the command: the PO file -> texts on disk
po_file     the bytes of a PO file and the units in it; the home of the library that reads them
texts       which texts are to be in a language, and from which they are made
alignment   which paragraph of a translation stands for which of today's original
units       a text -> its units: title, sentence below it, paragraphs
merged      a new PO file, with what translators had written into the one before
decisions   the units of a PO file -> those that are taken, and what is told of the others
renamed     what a unit says once ids in it have changed since
rewriting   a text with units that are taken -> the bytes of its file
proofs      what is wrong with a rewritten text, told at the lines of the PO file
"""
