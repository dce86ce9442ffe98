"""A client's project on disk: its settings, what people wrote, its history, and the merge of what comes back.

settings    imsmap.toml -> Project; `find` looks for it upward, `draft` writes a new one
register    `read(root)` -> Register (cells, state, notices); `writing(root, when, who)` to commit and undo
history     what happened, entry by entry, with old and new value of every cell
snapshots   what an export held, as the base of a merge
merge       base, ours and what came back -> changes, conflicts, notes: a pure function
conflicts   what both sides changed differently: listed and resolved
importing   all of that for one workbook file: `bring_in(project, path, when, who, fields)`
"""
