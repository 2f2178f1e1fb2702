# Pacemaker's configuration (cibadmin --query) as one fact a line: what it is about, then what is so.
# Only what `ids` names: others may have added more, and Pacemaker keeps notes of its own there.
function attribute(name) { return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }
function fact(id, text) { if (index(ids, " " id " ")) print id " " text }
/<nodes/ { kind = "" }
/<cluster_property_set / { kind = "property" }
/<rsc_defaults/ { kind = "rsc_defaults"; defaults = 1 }
/<group / { group = attribute("id"); member = 0; owner = group; kind = "" }
/<\/group>/ { group = "" }
/<primitive / {
	owner = attribute("id")
	fact(owner, "is " attribute("class") ":" attribute("provider") ":" attribute("type"))
	if (group != "") fact(group, "member " ++member " " owner)
}
/<instance_attributes / { kind = "params" }
/<meta_attributes / && !defaults { kind = "meta" }
# crmsh 5 writes no interval as 0s, crmsh 4 as 0.
/<op / { interval = attribute("interval"); sub(/^0s$/, "0", interval); fact(owner, "op " attribute("name") " interval=" interval " timeout=" attribute("timeout")) }
/<rsc_location / { fact(attribute("id"), "location " attribute("rsc") " " attribute("score") " " attribute("node")) }
/<nvpair / {
	name = attribute("name")
	if (kind == "property" || kind == "rsc_defaults") fact(name, kind "=" attribute("value"))
	# What an administrator sets for a while (crm resource stop) is not ours to undo.
	else if (kind != "" && name != "target-role" && name != "is-managed") fact(owner, kind " " name "=" attribute("value"))
}
