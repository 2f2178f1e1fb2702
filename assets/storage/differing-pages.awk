# Reads a diff of two listings of a folder, each line a name, its type, mode, size, time and link (source/tasks/pages.ts).
# mode=say: how many pages differ, whether a copy of those that are there fits in the limit, and some names.
# mode=names: the regular files that were changed or added, if they fit.
/^[<>] / {
	text = substr($0, 3)
	name = match(text, / d [0-7]+$/) || match(text, / [^ d] [0-7]+ [0-9]+ [0-9.]+ /) ? substr(text, 1, RSTART - 1) : text
	if ($1 == "<") {
		before[name] = 1
		old[++olds] = name
	} else {
		now[name] = 1
		present[++presents] = name
		if (text ~ / f [0-7]+ [0-9]+ [0-9.]+ $/) {
			count = split(text, part, " ")
			size[name] = part[count - 1]
			bytes += size[name]
			files++
		}
	}
}
function list(name) {
	if (++listed <= 3) names = names (listed > 1 ? ", " : "") (length(name) > 60 ? substr(name, 1, 59) "…" : name)
}
END {
	if (mode == "names") {
		if (bytes <= limit) for (at = 1; at <= presents; at++) if (present[at] in size) print "./" present[at]
		exit
	}
	for (at = 1; at <= presents; at++) {
		if (present[at] in before) changed++
		else added++
		list(present[at])
	}
	for (at = 1; at <= olds; at++) if (!(old[at] in now)) { missing++; list(old[at]) }
	if (listed == 0) exit
	copy = files == 0 ? "" : bytes > limit ? "; no copy is kept, as they are larger than " limit / 1048576 " MiB" : "; up keeps a copy"
	printf "(%d changed, %d missing, %d added%s): %s%s\n", changed, missing, added, copy, names, (listed > 3 ? ", …" : "")
}
