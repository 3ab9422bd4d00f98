"""What of an original has changed since it was translated, paragraph by paragraph."""
