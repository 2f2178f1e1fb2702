# Counts the right answers in the output of `ab -v 2`, and prints ab's report unchanged. ab itself counts a connection
# that was closed without an answer as a success, and a redirection as a failure.
# Variables: names (web servers, each between blanks), last (highest right status; the lowest is 200).

function judge() {
	if (inside && status >= 200 && status <= last && index(names, " " server " ")) right++
	inside = 0
}

/^LOG: header received:/ { judge(); inside = 1; status = ""; server = ""; next }
/^Server Software:/ { judge(); report = 1 }
# The line after the report holds ab's exit status.
/^ab ended with / { code = $4; next }
report { print; next }
{ sub(/\r$/, "") }
inside && $0 == "" { judge() }
inside && status == "" { status = $2 + 0; next }
inside && tolower($1) == "x-served-by:" { server = $2 }
END { print "Right answers: " right + 0; exit code }
