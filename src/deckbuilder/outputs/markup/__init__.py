"""Documents as markup: what templates see, the language that they write, and its checks. Nothing here sets pages."""
