"""The commands `translate` and `ack`: what is to be translated, and what is right as it stands.

command        reads the texts, and writes the files
pair           a translation on disk and its original
noting         a translation of which parts are right -> the files that note it
acknowledged   the digests of a translation of which a person has said that some parts are right
of_edit        puts digests into the front matter of a translation, and leaves all else
value_edit     gives a title or a dek another value, and leaves all else
kept_original  the file that keeps what a translation was made from
earlier_text   what an original said when it was translated: as it was kept, or from git
po             the file that translators' programs read, and back
"""
