import type {Text} from './text.ts';

/** An error of the thesis: what it says, and what is right. */
export interface Erratum {
	/** The line of the thesis's text; docs/errata.md has more on it. */
	readonly line: number;
	/** The test (the first part of its id) or the benchmarks that show it, where it is not one that a step mends. */
	readonly shownBy?: string;
	readonly thesis: Text;
	readonly right: Text;
}

function erratum(line: number, thesis: readonly [en: string, es: string], right: readonly [en: string, es: string], shownBy?: string): Erratum {
	return {line, ...(shownBy && {shownBy}), thesis: {en: thesis[0], es: thesis[1]}, right: {en: right[0], es: right[1]}};
}

/** In the thesis's order. Between backticks stands what one types. */
export const errata: readonly Erratum[] = [
	erratum(311, ['Wi-Fi is set up, then `eno1` is bridged', 'Se configura la Wi-Fi y después se hace puente con `eno1`'], ['A wired NIC with a cable in it, or NAT: a Wi-Fi station cannot be a bridge port', 'Una tarjeta con cable conectado, o NAT: la Wi-Fi no puede ser puerto de un puente']),
	erratum(338, ['Packages of Ubuntu 16.04: `qemu-kvm libvirt-bin kvm`', 'Paquetes de Ubuntu 16.04: `qemu-kvm libvirt-bin kvm`'], ['Today\'s names: `qemu-system-x86 libvirt-daemon-system virtinst`', 'Los nombres de hoy: `qemu-system-x86 libvirt-daemon-system virtinst`']),
	erratum(347, ['The user joins group `kvm` only', 'El usuario entra solo en el grupo `kvm`'], ['libvirt\'s socket belongs to group `libvirt`: both groups', 'El socket de libvirt es del grupo `libvirt`: los dos grupos']),
	erratum(394, ['Directors drawn with three links, built with two', 'Directores dibujados con tres enlaces y construidos con dos'], ['A heartbeat network of their own, and a second Corosync link', 'Una red de latido propia y un segundo enlace de Corosync']),
	erratum(460, ['The internal network made in virt-manager: its bridge takes 10.0.10.1, MASTER\'s address', 'La red interna hecha en virt-manager: su puente toma 10.0.10.1, la dirección de MASTER'], ['A network without an address of the host\'s', 'Una red sin dirección del anfitrión']),
	erratum(548, ['NFS created on the external network, its image in a private home', 'NFS creado en la red externa, con la imagen en una carpeta personal'], ['On the internal network, images where QEMU\'s user can read', 'En la red interna, con las imágenes donde QEMU puede leer']),
	erratum(558, ['The disk `/dev/sd1`', 'El disco `/dev/sd1`'], ['There is no such device: `/dev/vda1`', 'No existe ese dispositivo: `/dev/vda1`']),
	erratum(634, ['`mtu 9000` on every NIC', '`mtu 9000` en cada tarjeta'], ['1500, as the bridges carry: larger packets vanish', '1500, lo que llevan los puentes: los paquetes mayores se pierden']),
	erratum(637, ['The inner nodes ask MASTER and the VIP for names; no DNS server runs there', 'Los nodos internos preguntan los nombres a MASTER y a la VIP; allí no hay servidor DNS'], ['A forwarding DNS server on both directors', 'Un servidor DNS que reenvía, en los dos directores']),
	erratum(657, ['Export options on a line of their own: `/nfs` is exported to the whole world', 'Las opciones de la exportación en otra línea: `/nfs` se exporta a todo el mundo'], ['One line, to the cluster\'s network only; NFS 4.2', 'Una sola línea, solo a la red del clúster; NFS 4.2']),
	erratum(693, ['`virt-install` with options misspelt: `kvmbro`, `-network`', '`virt-install` con opciones mal escritas: `kvmbro`, `-network`'], ['`--network bridge=kvmbr0 --network network=redInter`', '`--network bridge=kvmbr0 --network network=redInter`']),
	erratum(789, ['`authorized_keys` is overwritten', '`authorized_keys` se sobrescribe'], ['The key is there from the first boot', 'La clave está desde el primer arranque']),
	erratum(833, ['MASTER\'s whole `/etc/hosts` is copied, with its `127.0.1.1 master`', 'Se copia todo `/etc/hosts` de MASTER, con su `127.0.1.1 master`'], ['A block of our own in each file', 'Un bloque propio en cada fichero']),
	erratum(852, ['Mounted with `wsiz` and blocks of 8 KiB', 'Se monta con `wsiz` y bloques de 8 KiB'], ['The kernel chooses the sizes; `_netdev,nofail`', 'Los tamaños los elige el núcleo; `_netdev,nofail`']),
	erratum(877, ['Forwarding and masquerading in MASTER\'s `rc.local`', 'Reenvío y enmascaramiento en `rc.local` de MASTER'], ['`sysctl.d` and nftables, on both directors', '`sysctl.d` y nftables, en los dos directores']),
	erratum(922, ['`kvmb0`, and never `redInter`', '`kvmb0`, y nunca `redInter`'], ['The networks by their names', 'Las redes por su nombre']),
	erratum(983, ['Gateway 10.0.10.1 until the last page', 'Puerta de enlace 10.0.10.1 hasta la última página'], ['The internal VIP: replies must leave through the active director', 'La VIP interna: las respuestas salen por el director activo']),
	erratum(997, ['`scp` into a folder that does not exist', '`scp` a una carpeta que no existe'], ['The folder is made first', 'Antes se crea la carpeta']),
	erratum(1037, ['Disks by `/dev/sdb` … typed into fdisk', 'Discos por `/dev/sdb` … escritos en fdisk'], ['Whole disks by their serial numbers', 'Discos enteros por su número de serie']),
	erratum(1117, ['The chunk "in bits"', 'El tamaño de bloque «en bits»'], ['It is in KiB', 'Es en KiB']),
	erratum(1138, ['`mdadm --detail --scan >>` doubles the line when run again', '`mdadm --detail --scan >>` duplica la línea al repetirse'], ['The line is replaced', 'La línea se sustituye']),
	erratum(1163, ['A blank in `(rw,no_root_squash, sync)`: refused', 'Un espacio en `(rw,no_root_squash, sync)`: se rechaza'], ['No blanks', 'Sin espacios']),
	erratum(1207, ['Pages in `/nfs/www`, which lies on the system disk', 'Las páginas en `/nfs/www`, que está en el disco del sistema'], ['The pages lie on the array', 'Las páginas están en el RAID']),
	erratum(1228, ['Package `php-mcrypt`', 'El paquete `php-mcrypt`'], ['It no longer exists and is not needed', 'Ya no existe ni hace falta']),
	erratum(1250, ['`date("h:i:s") "<br>"` does not parse', '`date("h:i:s") "<br>"` no se interpreta'], ['`date("H:i:s") . "<br>"`', '`date("H:i:s") . "<br>"`']),
	erratum(1264, ['Clones with one identity', 'Clones con una misma identidad'], ['Each machine has a machine-id and SSH host keys of its own', 'Cada máquina tiene su machine-id y sus claves SSH']),
	erratum(1418, ['`DAEMON="master"` on both directors, later switched off', '`DAEMON="master"` en los dos directores, después desactivado'], ['Both send and receive the connections, on the heartbeat link', 'Los dos envían y reciben las conexiones, por el enlace de latido']),
	erratum(1462, ['LVS rules by name, which resolves to something else', 'Reglas de LVS por nombre, que se resuelve a otra cosa'], ['Rules by number, for the VIP only', 'Reglas numéricas, solo para la VIP']),
	erratum(1572, ['`crm` is used and never installed', '`crm` se usa sin haberlo instalado'], ['crmsh is installed', 'Se instala crmsh']),
	erratum(1597, ['A Corosync key is made and not used', 'Se crea una clave de Corosync y no se usa'], ['`crypto_cipher: aes256`, `crypto_hash: sha256`', '`crypto_cipher: aes256`, `crypto_hash: sha256`']),
	erratum(1608, ['`bindnetaddr=`: a parse error', '`bindnetaddr=`: error de sintaxis'], ['A node list, with knet', 'Una lista de nodos, con knet']),
	erratum(1615, ['Corosync is started; it runs already, alone, on 127.0.0.1', 'Se arranca Corosync; ya funciona, solo, en 127.0.0.1'], ['Stopped before it is configured', 'Se para antes de configurarlo']),
	erratum(1622, ['`update-rc.d … remove` comes back with an upgrade', '`update-rc.d … remove` vuelve con una actualización'], ['`systemctl disable`', '`systemctl disable`']),
	erratum(1635, ['`gzip -d` of an example that is not packed', '`gzip -d` de un ejemplo que no está comprimido'], ['The file is written', 'El fichero se escribe']),
	erratum(1656, ['The last resort is a web server that the directors do not have; `quiescent=yes`', 'El último recurso es un servidor web que los directores no tienen; `quiescent=yes`'], ['A sorry page of the directors\' own, or none; `quiescent=no`', 'Una página de disculpa de los directores, o ninguna; `quiescent=no`']),
	erratum(1660, ['`checktype=connect` passes while NFS or PHP is dead', '`checktype=connect` pasa aunque NFS o PHP no funcionen'], ['A health page that reads from NFS', 'Una página de comprobación que lee de NFS']),
	erratum(1695, ['"Always MASTER": nothing makes it come back', '«Siempre funcionará él»: nada lo hace volver'], ['A location worth more than the group\'s stickiness', 'Una preferencia de lugar mayor que la adherencia del grupo']),
	erratum(1704, ['The addresses are not monitored', 'Las direcciones no se comprueban'], ['Every resource is', 'Se comprueban todos los recursos']),
	erratum(1705, ['`nic:ens3` is refused', '`nic:ens3` se rechaza'], ['`nic=`', '`nic=`']),
	erratum(1713, ['`migration-threshold=10`, though test 4 expects three', '`migration-threshold=10`, aunque la prueba 4 espera tres'], ['Three', 'Tres']),
	erratum(1715, ['An order of a resource that does not exist', 'Un orden sobre un recurso que no existe'], ['A group has an order already', 'Un grupo ya tiene orden']),
	erratum(1720, ['`stonith-enable` is unknown, and nothing starts', '`stonith-enable` no existe, y nada arranca'], ['`stonith-enabled`', '`stonith-enabled`']),
	erratum(1743, ['A crash is shown by an orderly shutdown', 'La caída se muestra con un apagado ordenado'], ['That is a planned move; a crash is measured as well', 'Eso es un traslado previsto; también se mide una caída'], '2'),
	erratum(1786, ['SERVER2 answers as 10.0.10.11', 'SERVER2 contesta como 10.0.10.11'], ['It is 10.0.10.111', 'Es 10.0.10.111']),
	erratum(1790, ['"More than three" failures and "three", in one paragraph', '«Más de tres» fallos y «tres», en un mismo párrafo'], ['Three', 'Tres'], '4'),
	erratum(1796, ['Killed three times at once counts as one failure', 'Matarlo tres veces seguidas cuenta como un fallo'], ['The fail count is waited for each time', 'Cada vez se espera a que suba el contador'], '4'),
	erratum(1951, ['Two nodes give 14 % more with ab and 89 % more with siege; three are never tried', 'Dos nodos dan un 14 % más con ab y un 89 % más con siege; tres no se prueban'], ['1, 2 … N servers, with the processors\' use beside', '1, 2 … N servidores, con el uso de los procesadores al lado'], 'load'),
];
