# Counts the right answers in what `ab -v 2` prints, and lets its report through. ab itself counts a connection that was
# closed without an answer as answered, and a redirection as failed.
# Variables: names (of the web servers, each between blanks), last (the highest right status; 200 is the lowest).

function judge() {
	if (inside && status >= 200 && status <= last && index(names, " " server " ")) right++
	inside = 0
}

/^LOG: header received:/ { judge(); inside = 1; status = ""; server = ""; next }
/^Server Software:/ { judge(); report = 1 }
# After the report: the exit status of ab.
/^ab ended with / { code = $4; next }
report { print; next }
{ sub(/\r$/, "") }
inside && $0 == "" { judge() }
inside && status == "" { status = $2 + 0; next }
inside && tolower($1) == "x-served-by:" { server = $2 }
END { print "Right answers: " right + 0; exit code }
