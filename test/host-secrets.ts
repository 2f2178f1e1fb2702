import type {HostFiles} from './bridged-cluster.ts';

/** Passwords and keys of other interfaces, and of the NIC's own port authentication, as hosts keep them in their files. */
export const hostSecrets = [
	'Wi-Fi pass phrase',
	'eap-password-7f3',
	'wired-8021x-pass',
	'YSBwcml2YXRlIGtleSBvZiBXaXJlR3VhcmQsIDMyIGI=',
	'YSBwcmVzaGFyZWQga2V5LCBhbHNvIDMyIGJ5dGVzLi4=',
	'psk-of-wlan0',
	'note-for-root-9911',
] as const;

const [wifi, eap, wired, wireguard, preshared, psk, note] = hostSecrets;

export const secretNetplan: HostFiles = {
	'/etc/netplan/01-all.yaml': `network:
  version: 2
  ethernets:
    eno1:
      dhcp4: true
      mtu: 9000 # jumbo
      auth:
        key-management: 802.1x
        method: peap
        identity: cn=host
        password: "${wired}"
    eno2: {auth: {key-management: 802.1x, password: ${eap}}, addresses: [10.9.0.1/24]}
  wifis:
    wlan0:
      dhcp4: true
      access-points:
        casa:
          password: "${wifi}"
        oficina: {auth: {key-management: eap, password: ${eap}}}
  tunnels:
    wg0:
      mode: wireguard
      key: {private: "${wireguard}"}
      peers:
        - keys: {public: "M9nt4YujIOmNrRmpIRTmYSfMdrpvE7u6WkG8FY8WjG4=", shared: "${preshared}"}
          allowed-ips: [10.7.0.0/24]
`,
	'/etc/netplan/02-wifi.yaml': `network: {wifis: {wlan1: {access-points: {x: {password: "${wifi}"}}}}}\n`,
};

export const secretInterfaces: HostFiles = {
	'/etc/network/interfaces': `auto lo
iface lo inet loopback
# ${note}
auto eno1 wlan0
iface eno1 inet static
	address 192.168.1.20/24
	gateway 192.168.1.1
	up ip route add 10.8.0.0/16 via 192.168.1.9 dev eno1; notify --token ${eap}
allow-hotplug wlan0
iface wlan0 inet dhcp
	wpa-ssid casa
	wpa-psk ${psk}
iface wg0 inet static
	pre-up wg set wg0 private-key ${wireguard}
`,
	'/etc/network/interfaces.d/wifi': `iface wlan1 inet dhcp\n\twpa-psk "${wifi}"\n\twpa-password ${eap}\n`,
};
