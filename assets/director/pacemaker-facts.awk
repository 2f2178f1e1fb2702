# What crm_mon --output-as=xml says as one fact a line: who is online, what is started where, what has failed how often.
function attribute(name) { return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }
/<node .* online="true"/ {
	if (attribute("standby") != "true" && attribute("pending") != "true") print "online " attribute("name")
	next
}
/<resource / {
	resource = attribute("id")
	sound = attribute("role") == "Started" && attribute("failed") == "false" && attribute("blocked") == "false"
}
/<\/resource>/ { resource = "" }
/<node / {
	node = attribute("name")
	if (resource != "" && sound) print resource " is started on " node
}
/<resource_history / {
	times = attribute("fail-count")
	if (times == "INFINITY") times = 1000000
	if (times + 0 > 0) print attribute("id") " has failed on " node ": " times
}
