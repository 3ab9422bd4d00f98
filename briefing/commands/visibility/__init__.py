"""What readers see of a text: `hide`, `show` and `withdraw` write it into the sources.

named_texts  the words of a command -> the texts that are meant
refusals     what cannot be hidden or withdrawn alone, and what readers would find
drafts       `draft:` in the front matter of a text
lists        an item of a YAML list, added or taken out
withdrawals  `withdrawn:` in redirects.yaml, and the correction that tells of it
plan         what is to be written, and whether that comes of it
readers      two builds -> what readers find at the addresses that changed
command      the sources on disk
"""
