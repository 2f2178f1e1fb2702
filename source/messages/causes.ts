import type {Text} from './text.ts';

/** A cause that the programs we run name in their own words, and how to remove it. */
export interface KnownCause {
	readonly id: string;
	/** Messages of Debian's programs in the locale C, in which commands are run. */
	readonly pattern: RegExp;
	readonly advice: Text;
}

/** In the order in which they are looked for: a full disk, for example, also makes apt complain of a failed download. */
export const knownCauses: readonly KnownCause[] = [
	{
		id: 'disk',
		pattern: /no space left on device|disk quota exceeded|don't have enough free space|\bENOSPC\b|\bEDQUOT\b/i,
		advice: {
			en: 'The disk is full on the machine where the command ran. `df -h` shows which file system; `df -i` whether it has no inodes left. Free some space.',
			es: 'El disco está lleno en la máquina donde se ejecutó la orden. `df -h` indica el sistema de archivos; `df -i`, si se ha quedado sin inodos. Libere espacio.',
		},
	},
	{
		id: 'read-only',
		pattern: /read-only file system|\bEROFS\b/i,
		advice: {
			en: 'The file system is mounted read-only, often after a disk error. `dmesg` shows the reason.',
			es: 'El sistema de archivos está montado en solo lectura, a menudo tras un error de disco. `dmesg` muestra el motivo.',
		},
	},
	{
		id: 'memory',
		pattern: /cannot allocate memory|\bout of memory\b|memory exhausted|xrealloc: cannot allocate|killed by the OOM killer|oom-kill|heap out of memory|^\s*Killed\s*$|\bENOMEM\b|^MemoryError$/i,
		advice: {
			en: 'The memory does not suffice. `free -m` shows what is left, `journalctl -k | grep -i oom` what the kernel has ended for lack of it. End other programs, or give the nodes less memory in the answers.',
			es: 'No hay memoria suficiente. `free -m` muestra la que queda; `journalctl -k | grep -i oom`, lo que el núcleo ha terminado por falta de ella. Cierre otros programas o asigne menos memoria a los nodos en las respuestas.',
		},
	},
	{
		id: 'apt-lock',
		pattern: /could not get lock|unable to acquire the dpkg frontend lock|dpkg (?:frontend|database) lock was locked|is another process using it\?/i,
		advice: {
			en: 'Another program is installing packages; the last lines name it if apt knows it. Wait until it ends (`ps -C apt-get,apt,dpkg,unattended-upgr`). Do not remove the lock file.',
			es: 'Otro programa está instalando paquetes; las últimas líneas lo nombran si apt lo conoce. Espere a que termine (`ps -C apt-get,apt,dpkg,unattended-upgr`). No borre el archivo de bloqueo.',
		},
	},
	{
		id: 'dpkg-interrupted',
		pattern: /dpkg was interrupted/i,
		advice: {
			en: 'An earlier installation of packages was interrupted. `dpkg --configure -a` on that machine completes it.',
			es: 'Una instalación de paquetes anterior quedó interrumpida. `dpkg --configure -a` en esa máquina la completa.',
		},
	},
	{
		id: 'keys',
		pattern: /\bNO_PUBKEY\b|\bEXPKEYSIG\b|^E: The repository '.*' is not signed\.$/,
		advice: {
			en: 'The keys on this computer do not fit the archive, often because their package is older than the release. Upgrade `debian-archive-keyring` or `ubuntu-keyring`, or choose another guest.release.',
			es: 'Las claves de este equipo no corresponden al archivo, a menudo porque su paquete es anterior a la versión. Actualice `debian-archive-keyring` o `ubuntu-keyring`, o elija otra guest.release.',
		},
	},
	{
		id: 'clock',
		pattern: /is not valid yet \(invalid for another|is expired \(invalid since|certificate is not yet valid|not yet valid certificate|certificate has expired|expired certificate|CERT_NOT_YET_VALID|CERT_HAS_EXPIRED|made in the future|not live until/i,
		advice: {
			en: 'The clock is wrong, or what was downloaded has expired. Compare `date` with the real time on that machine; `timedatectl set-ntp true` lets it follow the network\'s.',
			es: 'El reloj no va bien, o lo descargado ha caducado. Compare `date` con la hora real en esa máquina; `timedatectl set-ntp true` la ajusta por la red.',
		},
	},
	{
		id: 'lookup',
		pattern: /could not resolve|temporary failure (?:in name resolution|resolving)|name or service not known|something wicked happened resolving|unable to resolve|no address associated with hostname|\bEAI_AGAIN\b|\bENOTFOUND\b/i,
		advice: {
			en: 'A host name cannot be resolved. Check the name, /etc/resolv.conf and the connection to the Internet; `getent hosts NAME` shows whether the name is found.',
			es: 'No se puede resolver un nombre de máquina. Compruebe el nombre, /etc/resolv.conf y la conexión a Internet; `getent hosts NOMBRE` indica si se encuentra el nombre.',
		},
	},
	{
		id: 'unauthorized',
		pattern: /\berror:? (?:401|403|407)\b|\b(?:401\s+Unauthorized|403\s+Forbidden|407\s+Proxy Authentication Required)\b/i,
		advice: {
			en: 'The server wants other credentials, or refuses access (401, 403, 407). Check user, password or token, the address in the last lines, and the proxy if there is one.',
			es: 'El servidor pide otras credenciales o deniega el acceso (401, 403, 407). Compruebe el usuario, la contraseña o el token, la dirección de las últimas líneas y el proxy, si lo hay.',
		},
	},
	{
		id: 'not-found',
		pattern: /\berror:? (?:404|410)\b|\b404\s+Not Found\b|\b410\s+Gone\b/i,
		advice: {
			en: 'The server does not have that file (404). Check the address in the last lines: the mirror may lack this release, or the version may be gone. `apt-get update` renews outdated package lists.',
			es: 'El servidor no tiene ese archivo (404). Compruebe la dirección de las últimas líneas: puede que la réplica no tenga esta edición o que la versión ya no exista. `apt-get update` renueva las listas de paquetes.',
		},
	},
	{
		id: 'mirror',
		pattern: /hash sum mismatch|file has unexpected size|mirror sync in progress/i,
		advice: {
			en: 'The mirror is being updated, or a proxy hands out old files. Wait some minutes, or use another mirror.',
			es: 'La réplica se está actualizando, o un proxy entrega archivos antiguos. Espere unos minutos o use otra réplica.',
		},
	},
	{
		id: 'connection',
		pattern: /connection (?:refused|timed out|reset by peer)|operation timed out|connect timed out|no route to host|network is unreachable|failed to connect to|could not connect to|couldn't connect to server|unable to connect to|\b(?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET)\b/i,
		advice: {
			en: 'The address in the last lines does not answer: refused, not reachable or timed out. Check that the machine and the service run, then network, firewall and proxy.',
			es: 'La dirección de las últimas líneas no responde: rechazada, inalcanzable o sin respuesta a tiempo. Compruebe que la máquina y el servicio están en marcha y, después, la red, el cortafuegos y el proxy.',
		},
	},
	{
		id: 'permission',
		pattern: /permission denied(?! \((?:publickey|password|keyboard-interactive|gssapi))|operation not permitted|apparmor="DENIED"|\bEACCES\b|\bEPERM\b/i,
		advice: {
			en: 'Access was refused, by file permissions or by AppArmor. `ls -l` shows the permissions of what the last lines name, `journalctl -k | grep DENIED` what AppArmor has refused.',
			es: 'Se ha denegado el acceso, por los permisos de los archivos o por AppArmor. `ls -l` muestra los permisos de lo que nombran las últimas líneas; `journalctl -k | grep DENIED`, lo que ha denegado AppArmor.',
		},
	},
];

/** The first known cause that one of the lines names. */
export function causeIn(lines: readonly string[]): KnownCause | undefined {
	return knownCauses.find(({pattern}) => lines.some(line => pattern.test(line)));
}
