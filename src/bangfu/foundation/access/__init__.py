"""Who may do what, where and when: postings, granted divisions, roles, capabilities, scopes.

Owns the postings of people and the divisions they are granted for periods; the roles are data
(`packs/register/roles.yaml`), the capabilities are declared by each feature. Gives every request
its actor, read anew each time, so a right that was taken away is gone at the next request.
Never knows households or any other thing it protects: it answers with codes and ranges of codes.
"""
