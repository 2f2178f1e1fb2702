#!/bin/sh
# Changes the host's network configuration so that a mistake cannot cut the host off: before anything is changed a
# timer is armed that puts the former configuration back, and it is disarmed only when whoever answered before
# answers again. The timer is a unit of systemd and outlives the program, its terminal and a restart of the host.
#
#   switch.sh to new|old         change, look, confirm or go back
#   switch.sh mend               put right what differs of a confirmed change, without taking the bridge away
#   switch.sh activate new|old   the change itself
#   switch.sh rescue             what the timer runs
set -u
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin

nic='{{nic}}'
bridge='{{bridge}}'
# Who configures the network: ifupdown, netplan, networkd or networkmanager.
renderer='{{renderer}}'
# NetworkManager's profile that was in force on the NIC, by its UUID.
connection='{{connection}}'
# Seconds after which the former configuration comes back.
patience='{{patience}}'

# Here lie new/ and old/ (files as they are installed), paths (one a line) and the marks of where the change stands,
# each with the name of the configuration to go back to: pending until somebody decides, then former if it was
# confirmed, or rescuing while it is brought back. Renaming it decides, so that only one can.
here='{{directory}}'
rescue="cluster-wizard-$bridge-rescue"
change="cluster-wizard-$bridge-switch"

say() { printf '%s\n' "$*" >&2; }

# A mark is there whole or not at all.
mark() { printf '%s\n' "$2" > "$here/.mark" && sync "$here/.mark" && mv -f "$here/.mark" "$here/$1" && sync "$here"; }

addresses() { ip -4 -o addr show scope global dev "$1" 2>/dev/null | awk '{print $4}' | sort; }

# Of the interfaces on standard input: the aliases of these two (eno1:0). A name is no pattern: eth0.1 is not eth0x1.
aliases() { while read -r name; do case $name in "$1":* | "$2":*) printf '%s\n' "$name" ;; esac; done; }

# What could be seen through an interface: its gateway, its addresses, and those who are logged in from afar.
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

# Says what is missing of the witnesses.
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

# Each file is there whole or not at all; the hidden name is read by none of the three.
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

# Someone's changes since are not thrown away. A file that is as it was before (cloud-init has written it anew) holds none.
untouched() {
	while read -r path; do
		if [ -e "$here/new$path" ] && ! cmp -s "$here/new$path" "$path" && ! cmp -s "$here/old$path" "$path"; then
			say "$path has been changed since; the file of before lies in $here/old$path"
			return 1
		fi
	done < "$here/paths"
}

remove_bridge() { [ ! -d "/sys/class/net/$bridge/bridge" ] || ip link delete "$bridge"; }

# dhclient keeps, for each interface, the number (DUID) by which the DHCP server knows the host.
keep_duid() {
	duid=$(grep -m 1 '^default-duid ' "/var/lib/dhcp/dhclient.$1.leases" 2>/dev/null) || return 0
	printf '%s\n' "$duid" > "/var/lib/dhcp/dhclient.$2.leases"
}

activate() {
	case $renderer in
		ifupdown)
			if [ "$1" = new ]; then main=$bridge other=$nic; else main=$nic other=$bridge; fi
			# What is up is taken down by the configuration it was brought up with.
			for name in $(ifquery --state | sed 's/=.*//' | aliases "$nic" "$bridge") "$nic" "$bridge"; do
				ifdown --force "$name" >/dev/null 2>&1
			done
			remove_bridge
			install_files "$1" || return 1
			ip addr flush dev "$nic" scope global
			keep_duid "$other" "$main"
			[ "$1" = new ] || rm -f "/var/lib/dhcp/dhclient.$bridge.leases"
			# Commands for the cable are the NIC's own, which is started with the host then, before the bridge.
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

# NetworkManager's own way back, beside ours: without a word from us it restores what was there, also if our files are
# in its way. It does not outlive a restart of the host, as the timer does.
checkpoint() {
	[ "$renderer" = networkmanager ] || return 0
	manager="busctl --system call org.freedesktop.NetworkManager /org/freedesktop/NetworkManager org.freedesktop.NetworkManager"
	case $1 in
		# Of all devices; new profiles are deleted, new devices disconnected.
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
		# Written before the other mark goes: a rescue that is cut off here is done again.
		if [ "$back" = old ]; then mark former new; else mark former old; fi
		rm -f "$here/rescuing"
	fi
	disarm
}

# Whether a file is as it was before the change, and not because of us.
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
