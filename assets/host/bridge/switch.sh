#!/bin/sh
# Changes the host's network configuration such that a mistake cannot cut the host off. Before any change, the script arms
# a timer that restores the former configuration. It disarms the timer only when the gateway, addresses and SSH clients
# from before the change are reachable again. The timer is a systemd unit, so it survives the end of the program and of
# its terminal, and a reboot of the host.
#
#   switch.sh to new|old         change, test, then confirm or roll back
#   switch.sh mend               repair a confirmed change without removing the bridge
#   switch.sh activate new|old   the change itself
#   switch.sh rescue             roll back (run by the timer)
set -u
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin

nic='{{nic}}'
bridge='{{bridge}}'
# Program that configures the network: ifupdown, netplan, networkd or networkmanager.
renderer='{{renderer}}'
# UUID of the NetworkManager profile that was active on the NIC.
connection='{{connection}}'
# Seconds until the timer restores the former configuration.
patience='{{patience}}'

# This folder holds new/ and old/ (the files to install), the file `paths` (one path per line) and a mark with the state of
# the change: `pending` before the decision, `former` after a confirmation, `rescuing` during a rollback. The mark contains
# the name of the configuration to restore. Renaming `pending` is the decision: it is atomic, so only one process can decide.
here='{{directory}}'
rescue="cluster-wizard-$bridge-rescue"
change="cluster-wizard-$bridge-switch"

say() { printf '%s\n' "$*" >&2; }

# Writes a mark atomically.
mark() { printf '%s\n' "$2" > "$here/.mark" && sync "$here/.mark" && mv -f "$here/.mark" "$here/$1" && sync "$here"; }

addresses() { ip -4 -o addr show scope global dev "$1" 2>/dev/null | awk '{print $4}' | sort; }

# Filters standard input for aliases (eno1:0) of two interfaces. Not with grep: the dot in a name (eth0.1) is literal.
aliases() { while read -r name; do case $name in "$1":* | "$2":*) printf '%s\n' "$name" ;; esac; done; }

# Prints the witnesses of an interface: its gateway if it answers, its addresses, and reachable SSH clients.
witnesses() {
	ip -4 route show default dev "$1" | awk '{for (i = 1; i < NF; i++) if ($i == "via") print "gateway", $(i + 1)}' | sort -u | while read -r what gateway; do
		arping -q -c 2 -w 3 -I "$1" "$gateway" && echo "$what $gateway"
	done
	addresses "$1" | sed 's/^/address /'
	ss -Htn state established '( sport = :22 )' 2>/dev/null | awk '{print $NF}' | sed 's/:[0-9]*$//; s/^\[//; s/\]$//; s/^::ffff://' | sort -u | while read -r peer; do
		ip route get "$peer" 2>/dev/null | grep -qF -- " dev $1 " && ping -q -c 1 -W 2 "$peer" >/dev/null 2>&1 && echo "peer $peer"
	done
	return 0
}

# Prints the first witness that is missing.
missing() {
	while read -r what who; do
		case $what in
			address) addresses "$1" | grep -qxF "$who" || { echo "$1 has not got the address $who"; return 0; } ;;
			gateway) arping -q -f -w 2 -I "$1" "$who" || { echo "the gateway $who does not answer through $1"; return 0; } ;;
			peer) ping -q -c 1 -W 2 "$who" >/dev/null 2>&1 || { echo "$who, who is logged in by SSH, does not answer"; return 0; } ;;
		esac
	done < "$here/witnesses"
}

arm() {
	cat > "/etc/systemd/system/$rescue.service" <<UNIT
[Unit]
Description=Put the network configuration back that was there before $bridge
Conflicts=$change.service
After=$change.service

[Service]
Type=oneshot
ExecStart=/bin/sh $here/switch.sh rescue
UNIT
	cat > "/etc/systemd/system/$rescue.timer" <<UNIT
[Unit]
Description=Wait for the confirmation that $bridge works

[Timer]
OnActiveSec=$patience
AccuracySec=1s

[Install]
WantedBy=timers.target
UNIT
	systemctl daemon-reload && systemctl enable --quiet "$rescue.timer" && sync && systemctl restart "$rescue.timer"
}

disarm() {
	systemctl disable --quiet --now "$rescue.timer" 2>/dev/null
	rm -f "/etc/systemd/system/$rescue.service" "/etc/systemd/system/$rescue.timer"
	systemctl daemon-reload
}

# Replaces each file atomically. netplan, ifupdown and networkd ignore the hidden name of the temporary file.
install_files() {
	while read -r path; do
		if [ -e "$here/$1$path" ]; then
			folder=${path%/*} && mkdir -p "$folder" && cp -p "$here/$1$path" "$folder/.cluster-wizard" && mv -f "$folder/.cluster-wizard" "$path" || return 1
		else
			rm -f "$path"
		fi
	done < "$here/paths"
	sync
}

# Fails if someone has edited a file since. A file with its old content, as rewritten by cloud-init, does not count.
untouched() {
	while read -r path; do
		if [ -e "$here/new$path" ] && ! cmp -s "$here/new$path" "$path" && ! cmp -s "$here/old$path" "$path"; then
			say "$path has been changed since; the file of before lies in $here/old$path"
			return 1
		fi
	done < "$here/paths"
}

remove_bridge() { [ ! -d "/sys/class/net/$bridge/bridge" ] || ip link delete "$bridge"; }

# Copies dhclient's DUID, which it stores for each interface, so that the DHCP server recognizes the host.
keep_duid() {
	duid=$(grep -m 1 '^default-duid ' "/var/lib/dhcp/dhclient.$1.leases" 2>/dev/null) || return 0
	printf '%s\n' "$duid" > "/var/lib/dhcp/dhclient.$2.leases"
}

activate() {
	case $renderer in
		ifupdown)
			if [ "$1" = new ]; then main=$bridge other=$nic; else main=$nic other=$bridge; fi
			# Take interfaces down with the configuration that brought them up.
			for name in $(ifquery --state | sed 's/=.*//' | aliases "$nic" "$bridge") "$nic" "$bridge"; do
				ifdown --force "$name" >/dev/null 2>&1
			done
			remove_bridge
			install_files "$1" || return 1
			ip addr flush dev "$nic" scope global
			keep_duid "$other" "$main"
			[ "$1" = new ] || rm -f "/var/lib/dhcp/dhclient.$bridge.leases"
			# If link-layer commands stay with the NIC, the NIC is an `auto` interface of its own and must come up before the bridge.
			first=; [ "$1" = old ] || first=$(ifquery --list | grep -xF -- "$nic")
			for name in $first "$main" $(ifquery --list | aliases "$main" "$main"); do ifup "$name" || return 1; done
			;;
		netplan)
			install_files "$1" || return 1
			[ "$1" = new ] || remove_bridge
			netplan apply
			;;
		networkd)
			install_files "$1" || return 1
			[ "$1" = new ] || remove_bridge
			networkctl reload && if [ "$1" = new ]; then networkctl reconfigure "$bridge" "$nic"; else networkctl reconfigure "$nic"; fi
			;;
		networkmanager)
			install_files "$1" || return 1
			nmcli connection reload || return 1
			if [ "$1" = new ]; then
				nmcli --wait "$patience" connection up id "cluster-wizard-$bridge-port"
			else
				remove_bridge 2>/dev/null
				nmcli --wait "$patience" connection up uuid "$connection" ifname "$nic" || nmcli --wait "$patience" device connect "$nic"
			fi
			;;
	esac
}

# Creates or removes a checkpoint of NetworkManager, a second rollback in addition to the timer. Without a confirmation,
# NetworkManager restores the former state, even if our files are in the way. Unlike the timer, it does not survive a reboot.
checkpoint() {
	[ "$renderer" = networkmanager ] || return 0
	manager="busctl --system call org.freedesktop.NetworkManager /org/freedesktop/NetworkManager org.freedesktop.NetworkManager"
	case $1 in
		# For all devices. Flags: the rollback deletes new profiles and disconnects new devices.
		create) checkpoint destroy; $manager CheckpointCreate aouu 0 $((patience * 2)) 6 | sed 's/^o "\(.*\)"$/\1/' > "$here/checkpoint" ;;
		destroy) [ ! -s "$here/checkpoint" ] || $manager CheckpointDestroy o "$(cat "$here/checkpoint")" >/dev/null 2>&1; rm -f "$here/checkpoint" ;;
	esac
}

switch_to() {
	if [ "$1" = new ]; then former=old from=$nic to=$bridge; else former=new from=$bridge to=$nic; fi
	others=$(find "/sys/class/net/$bridge/brif" -mindepth 1 ! -name "$nic" -printf '%f ' 2>/dev/null)
	if [ -n "$others" ]; then
		say "$bridge is still used by: $others"
		return 1
	fi
	[ ! -e "$here/rescuing" ] || systemctl start "$rescue.service"
	if [ "$1" = old ] && ! untouched; then
		return 1
	fi
	if [ ! -e "$here/pending" ]; then
		witnesses "$from" > "$here/.witnesses" && mv -f "$here/.witnesses" "$here/witnesses"
	fi
	rm -f "$here/reason" && mark pending "$former" && arm || return 1
	say "The timer is armed: without a confirmation the configuration of before comes back in $patience s."
	[ "$1" = old ] || checkpoint create
	systemctl reset-failed "$change.service" 2>/dev/null
	systemd-run --quiet --wait --collect --pipe --unit "$change" /bin/sh "$here/switch.sh" activate "$1" || say 'Bringing it up ended with an error.'
	deadline=$(($(date +%s) + patience * 2 / 3))
	while lack=$(missing "$to") && [ -n "$lack" ] && [ "$(date +%s)" -lt "$deadline" ] && [ -e "$here/pending" ]; do sleep 1; done
	[ -n "$lack" ] || checkpoint destroy
	if [ -z "$lack" ] && mv "$here/pending" "$here/former" 2>/dev/null; then
		sync "$here"
		disarm
		return 0
	fi
	say "${lack:-It took too long.} The configuration of before is put back."
	mark reason "${lack:-it took too long}"
	systemctl start "$rescue.service"
	return 1
}

rescue() {
	if mv "$here/pending" "$here/rescuing" 2>/dev/null || [ -e "$here/rescuing" ]; then
		back=$(cat "$here/rescuing")
		[ -e "$here/reason" ] || mark reason 'nobody confirmed it in time'
		checkpoint destroy
		activate "$back"
		# Written before `rescuing` is removed, so that an interrupted rollback is repeated.
		if [ "$back" = old ]; then mark former new; else mark former old; fi
		rm -f "$here/rescuing"
	fi
	disarm
}

# Whether another program has restored the old content of a file.
rewritten() {
	while read -r path; do
		[ ! -e "$here/new$path" ] || cmp -s "$here/new$path" "$path" || ! cmp -s "$here/old$path" "$path" || return 0
	done < "$here/paths"
	return 1
}

mend() {
	[ "$(cat "$here/former" 2>/dev/null)" = old ] && [ -d "/sys/class/net/$bridge/bridge" ] || return 1
	if rewritten && untouched; then
		install_files new || return 1
		case $renderer in
			netplan) netplan apply ;;
			networkd) networkctl reload ;;
			networkmanager) nmcli connection reload ;;
		esac
	fi
	ip link set "$nic" master "$bridge" up && ip link set "$bridge" type bridge stp_state 0 && ip link set "$bridge" up || return 1
	if [ -z "$(addresses "$bridge")" ]; then
		case $renderer in
			ifupdown) ifup --force "$bridge" ;;
			networkmanager) nmcli --wait "$patience" connection up id "cluster-wizard-$bridge" ;;
			*) networkctl reconfigure "$bridge" ;;
		esac
	fi
}

case ${1-} in
	to) switch_to "$2" ;;
	activate) activate "$2" ;;
	rescue) rescue ;;
	mend) mend ;;
	*) say 'switch.sh to new|old, mend'; exit 2 ;;
esac
