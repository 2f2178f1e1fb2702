# Prints the nftables rule, with its table and chain, that drops or rejects packets between two ports of a bridge. Judges
# a new IPv4 packet of which only the bridge is known. Prints nothing if the packet is accepted, or if a rule with further
# conditions (an address, a mark) might accept it. Input: `nft --stateless list ruleset`.
# Variables: bridge; filtered (1: bridged packets also pass the tables ip and inet, as with br_netfilter).
#
# Ignores iptables' own table, ip filter.

function strip(text) {
	gsub(/ comment "[^"]*"/, "", text)
	gsub(/(^| )log( prefix "[^"]*"| (level|flags|group|snaplen|queue-threshold) [a-z0-9,]+)*/, " ", text)
	gsub(/(^| )counter( packets [0-9]+ bytes [0-9]+)?/, " ", text)
	gsub(/^ +| +$/, "", text)
	gsub(/  +/, " ", text)
	return text
}

# Whether the bridge is in a list of names: "a", or { "a", "b" }. A * at the end of a name matches any suffix.
function named(list, count, names, i, name) {
	gsub(/[{}", ]+/, " ", list)
	count = split(list, names, " ")
	for (i = 1; i <= count; i++) {
		name = names[i]
		if (name == bridge || (sub(/\*$/, "", name) && index(bridge, name) == 1)) return 1
	}
	return 0
}

# 1: the conditions hold, 0: they do not, -1: they may hold for some packets.
function holds(text, found, part, negated, known) {
	gsub(/(^| )meta (iifname|oifname|iif|oif|nfproto)/, " &", text)
	gsub(/ +meta /, " ", text)
	sub(/^ +/, "", text)
	while (match(text, /(^| )(iifname|oifname|iif|oif) (!= )?(\{[^}]*\}|"[^"]*"|[^ ]+)/)) {
		part = substr(text, RSTART, RLENGTH)
		text = substr(text, 1, RSTART - 1) substr(text, RSTART + RLENGTH)
		if (part ~ /vmap|@/) { known = -1; continue }
		sub(/^ */, "", part)
		sub(/^[a-z]+ /, "", part)
		negated = sub(/^!= /, "", part)
		found = named(part)
		if (found == negated) return 0
	}
	# The packet is new, so other states do not match. A condition on a protocol or port does not hold for all packets.
	if (text ~ /(^| )ct state/ && text !~ /new|!=|vmap/) return 0
	if (text ~ /(^| )ct status|(^| )ip6 |nfproto (ipv6|!= ipv4)|(^| )(tcp|udp|icmp|icmpv6|sctp|th|igmp|arp|vlan) |l4proto|ether type|(^| )ip protocol/) return 0
	sub(/(^| )nfproto ipv4/, "", text)
	sub(/(^| )ct state (new|\{[^}]*new[^}]*\})/, "", text)
	return known < 0 || text ~ /[^ ]/ ? -1 : 1
}

# Returns the verdict of a chain: "accept", "" (no verdict), or the rule that drops.
function judge(chain, i, rule, verdict, held, inner) {
	for (i = 1; i <= count[chain]; i++) {
		rule = strip(rules[chain, i])
		if (match(rule, /(^| )(accept|drop|return|queue.*|reject( with .*)?|(jump|goto) [^ ]+)$/)) {
			verdict = substr(rule, RSTART, RLENGTH)
			held = holds(substr(rule, 1, RSTART - 1))
			sub(/^ /, "", verdict)
		} else {
			if (rule ~ / vmap /) doubtful = 1
			continue
		}
		if (held == 0) continue
		if (held < 0) {
			# The rule lets some packets through, perhaps those between the ports.
			if (verdict !~ /^(drop|reject)/) doubtful = 1
			continue
		}
		if (verdict == "accept" || verdict ~ /^queue/) return "accept"
		if (verdict == "return") return ""
		if (verdict ~ /^(drop|reject)/) return named_chain[chain] ": " rule
		inner = table[chain] SUBSEP substr(verdict, 6)
		inner = judge(inner)
		if (inner != "" || verdict ~ /^goto/) return inner
	}
	return ""
}

/^table / { at = $2 " " $3; next }
/^\tchain / { chain = at SUBSEP $2; table[chain] = at; named_chain[chain] = at " " $2; next }
/^\t}/ { chain = ""; next }
chain != "" && /type [a-z]+ hook / {
	if (/ hook forward / && (at ~ /^bridge / || (filtered == 1 && at ~ /^(ip|inet) / && at != "ip filter"))) {
		bases[++hooks] = chain
		policy[chain] = / policy drop;/ ? "drop" : "accept"
	}
	next
}
chain != "" && NF { sub(/^\t+/, ""); rules[chain, ++count[chain]] = $0 }
END {
	for (i = 1; i <= hooks; i++) {
		doubtful = 0
		said = judge(bases[i])
		if (said == "" && policy[bases[i]] == "drop") said = named_chain[bases[i]] ": policy drop"
		if (said != "" && said != "accept" && !doubtful) { print said; exit }
	}
}
