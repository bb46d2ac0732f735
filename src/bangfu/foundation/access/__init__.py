"""Who may do what, where and when: postings, grants, scopes."""
