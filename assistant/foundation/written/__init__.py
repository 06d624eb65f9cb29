"""Questions written by hand, on pages of our own and on encyclopedia paragraphs named by place."""
