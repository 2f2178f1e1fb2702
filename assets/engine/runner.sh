#!/bin/sh
# Begins the text of every round trip: functions for the blocks of its tasks, which source/engine/trip-script.ts writes.
# Lines of the runner begin with the mark, random digits; source/engine/trip-output.ts reads them. Names end with an
# underscore, so that they hide no command of a task.
mark_={{mark}}

# Announces the lines that follow, or tells a result: tell_ WORD NUMBER…
tell_() {
	echo "$mark_ $*"
}

# Runs the check and tells its exit code: 0 holds, 1 does not, anything else cannot tell. look_ TASK
look_() {
	check_ </dev/null 2>&1
	code_=$?
	# A check's output need not end with a line feed.
	echo
	tell_ found "$1" "$code_"
}

# Tells the beginning of the SHA-256 of a regular file that a task has written. wrote_ TASK FILE_NUMBER PATH
wrote_() {
	if [ -f "$3" ] && [ ! -h "$3" ]; then
		tell_ wrote "$1" "$2" "$(sha256sum < "$3" | cut -c 1-16)"
	fi
}

# Prints a regular file that a task is about to overwrite, unless it is large. keep_ TASK FILE_NUMBER PATH MOST_BYTES
keep_() {
	if [ -f "$3" ] && [ ! -h "$3" ] && size_=$(stat -c %s "$3") && [ "$size_" -le "$4" ]; then
		tell_ keep "$1" "$2" "$size_"
		base64 "$3"
	fi
}
