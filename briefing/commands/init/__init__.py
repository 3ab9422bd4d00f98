"""The command `init`: languages, a title and an address -> the files of a new site.

    command      checks what was asked for, and writes the files
    site_files   all files of a new site, by path
    example      its content: one topic of two articles, in the languages that were asked for
    words_file   the words of the pages, to be translated, for a language that has none

`files/` has what is the same in all languages, and `sample/` the texts of the example.
"""
