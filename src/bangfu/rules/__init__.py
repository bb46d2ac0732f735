"""Policy as data, judged: the register's layout, packs, expressions and the engines. Pure."""
