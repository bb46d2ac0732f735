"""Papers as PDF: set from templates, issued with a code, checked by it.

A feature registers the kinds of papers it makes (`register_paper`) with a typst template beside its
own code, and hands over plain data. The data reaches the template as JSON and is never part of the
source, so nothing that stands in a name can become an instruction. Fonts are the product's own.
"""
