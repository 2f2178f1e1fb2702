import type {UplinkRefusal, UplinkRenderer} from '../answers/uplink/uplink.ts';
import type {Text} from '../messages/text.ts';

/** For facts of an earlier version, which did not read NetworkManager's profile; the advice names this cluster's bridge and NIC. */
export function networkManager(bridge: string, nic = 'NIC'): Text {
	return {
		en: `NetworkManager looks after this NIC, and its profile was not read at the first run. Make the bridge there yourself (\`nmcli connection add type bridge ifname ${bridge} bridge.stp no\`, then \`nmcli connection add type ethernet slave-type bridge ifname ${nic} master ${bridge}\`, and bring both up): it will be used as it is. Or choose \`external: nat\``,
		es: `Esta tarjeta la lleva NetworkManager, y su perfil no se leyó en la primera ejecución. Cree allí el puente usted mismo (\`nmcli connection add type bridge ifname ${bridge} bridge.stp no\`, después \`nmcli connection add type ethernet slave-type bridge ifname ${nic} master ${bridge}\`, y active los dos): se usará tal como esté. O elija \`external: nat\``,
	};
}

const unnamed: Readonly<Record<UplinkRenderer, Text>> = {
	netplan: {en: 'no file of netplan speaks of it by its name or MAC address', es: 'ningún fichero de netplan habla de ella por su nombre o dirección MAC'},
	ifupdown: {en: 'no `iface` line of /etc/network/interfaces speaks of it by its name', es: 'ninguna línea `iface` de /etc/network/interfaces habla de ella por su nombre'},
	networkmanager: {en: 'no profile of NetworkManager is in force on it', es: 'ningún perfil de NetworkManager está en vigor en ella'},
	networkd: {en: 'no .network file of systemd-networkd governs it', es: 'ningún fichero .network de systemd-networkd la gobierna'},
};

/** Why a NIC's configuration is not turned into a bridge's. */
export function refusalText(nic: string, renderer: UplinkRenderer, {kind, names: [first = '', second = '']}: UplinkRefusal): Text {
	const texts: Readonly<Record<UplinkRefusal['kind'], Text>> = {
		unnamed: unnamed[renderer],
		ambiguous: {en: `netplan knows it as ${first} and as ${second}: leave one of them`, es: `netplan la conoce como ${first} y como ${second}: deje una de las dos`},
		pattern: {
			en: `netplan describes it together with other NICs (${first} matches ${second}): give it a definition of its own, or choose \`external: nat\``,
			es: `netplan la describe junto con otras tarjetas (${first} vale para ${second}): dele una definición propia, o elija \`external: nat\``,
		},
		member: {
			en: `it is a port of ${first}. A bridge can be used as it is (\`networks.external.label: ${first}\`), a bond can be the port itself (\`host.nic: ${first}\`); or choose \`external: nat\``,
			es: `es un puerto de ${first}. Un puente puede usarse tal como está (\`networks.external.label: ${first}\`), un enlace agregado puede ser él mismo el puerto (\`host.nic: ${first}\`); o elija \`external: nat\``,
		},
		obstacle: {
			en: `the wizard does not make a NIC with \`${first}\` a bridge's port: make the bridge yourself, it will be used as it is, or choose \`external: nat\``,
			es: `el asistente no hace puerto de un puente una tarjeta con \`${first}\`: cree usted el puente, se usará tal como esté, o elija \`external: nat\``,
		},
		form: {
			en: `the wizard cannot take this NIC's addresses out of ${first} without changing the rest of the file: write its definition in a file of its own`,
			es: `el asistente no puede sacar de ${first} las direcciones de esta tarjeta sin cambiar el resto del fichero: escriba su definición en un fichero propio`,
		},
		secret: {
			en: `\`${first}\` in its configuration holds a password or a key, which the wizard does not copy: make the bridge yourself, it will be used as it is, or choose \`external: nat\``,
			es: `\`${first}\`, en su configuración, contiene una contraseña o una clave, que el asistente no copia: cree usted el puente, se usará tal como esté, o elija \`external: nat\``,
		},
	};
	return {en: `${nic}: ${texts[kind].en}`, es: `${nic}: ${texts[kind].es}`};
}
