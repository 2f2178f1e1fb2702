import {machineStateText} from './kinds.ts';
import {sshReason} from './ssh-errors.ts';
import type {Text} from './text.ts';

const percent = (part: number) => `${Math.floor(part * 100)} %`;

/** One sentence for each kind of trouble, without capital and full stop. Their order is their importance: the first is said first. */
export const troubleMessages = {
	'being-built': (pid: number, since: string): Text => ({en: `being built by process ${pid} since ${since}`, es: `en construcción por el proceso ${pid} desde las ${since}`}),
	/** @param command starts it; none while another process is at work */
	'sandbox-stopped': (command: string | undefined): Text => command === undefined
		? {en: 'the sandbox does not run', es: 'el entorno aislado no está en marcha'}
		: {en: `the sandbox does not run; \`${command}\` starts it`, es: `el entorno aislado no está en marcha; \`${command}\` lo arranca`},
	'stopped': (since: string): Text => ({en: `stopped by \`stop\` since ${since}; \`start\` starts it`, es: `parado por \`stop\` desde las ${since}; \`start\` lo arranca`}),
	'machines-none': (): Text => ({en: 'none of the cluster\'s machines exists', es: 'no existe ninguna máquina del clúster'}),
	'page-sorry': (): Text => ({en: 'visitors get the sorry page: no web server is available', es: 'los visitantes reciben la página de disculpa: no hay ningún servidor web disponible'}),
	'page-status': (status: number, servers: string): Text => ({en: `the page answers ${status}${servers && ` (${servers})`}`, es: `la página responde ${status}${servers && ` (${servers})`}`}),
	'page-wrong': (servers: string): Text => ({en: `the page shows something else than it should${servers && ` (${servers})`}`, es: `la página muestra otra cosa de la que debería${servers && ` (${servers})`}`}),
	'page-silent': (url: string, outcome: Text): Text => ({en: `the page does not answer: ${url} (${outcome.en})`, es: `la página no responde: ${url} (${outcome.es})`}),
	'vip-nobody': (address: string): Text => ({en: `no director has the VIP ${address}`, es: `ningún director tiene la VIP ${address}`}),
	'balancer-none': (director: string): Text => ({en: `${director}: no web server is in rotation`, es: `${director}: no hay ningún servidor web en la rotación`}),
	'page-partial': (failed: number, sent: number, reasons: Text): Text => ({en: `${failed} of ${sent} requests for the page fail: ${reasons.en}`, es: `fallan ${failed} de ${sent} peticiones de la página: ${reasons.es}`}),
	'vip-both': (address: string): Text => ({en: `both directors have the VIP ${address} (split brain)`, es: `los dos directores tienen la VIP ${address} (split brain)`}),
	'machine-missing': (vm: string): Text => ({en: `the machine ${vm} does not exist`, es: `la máquina ${vm} no existe`}),
	'machine-crashed': (vm: string): Text => ({en: `the machine ${vm} has crashed`, es: `la máquina ${vm} ha fallado (crashed)`}),
	'machine-paused': (vm: string, reason: Text | undefined): Text => ({en: `the machine ${vm} is paused${reason ? ` (${reason.en})` : ''}`, es: `la máquina ${vm} está en pausa${reason ? ` (${reason.es})` : ''}`}),
	'machine-stopped': (vm: string, state: string): Text => ({en: `the machine ${vm} is not running (${state})`, es: `la máquina ${vm} no está en marcha (${machineStateText(state).es})`}),
	'node-unreachable': (node: string, reason: string): Text => {
		const {en, es} = sshReason(reason) ?? {en: reason, es: reason};
		return {en: `${node} does not answer by SSH (${en})`, es: `${node} no responde por SSH (${es})`};
	},
	'array-missing': (node: string): Text => ({en: `${node}: the array is not there`, es: `${node}: el RAID no está`}),
	'array-inactive': (node: string, array: string): Text => ({en: `${node}: the array ${array} is inactive`, es: `${node}: el RAID ${array} está inactivo`}),
	'array-failed': (node: string, array: string, map: string): Text => ({en: `${node}: the array ${array} has lost more disks than it can do without ([${map}])`, es: `${node}: el RAID ${array} ha perdido más discos de los que tolera ([${map}])`}),
	'mount-missing': (node: string, path: string): Text => ({en: `${node}: the array is not mounted on ${path}`, es: `${node}: el RAID no está montado en ${path}`}),
	'mount-read-only': (node: string, path: string): Text => ({en: `${node}: ${path} is mounted read-only`, es: `${node}: ${path} está montado en solo lectura`}),
	'array-read-only': (node: string, array: string, access: string): Text => ({en: `${node}: the array ${array} is ${access}`, es: `${node}: el RAID ${array} está en ${access}`}),
	'array-degraded': (node: string, array: string, lost: number, wanted: number, map: string): Text => ({en: `${node}: the array ${array} lacks ${lost} of ${wanted} disks ([${map}])`, es: `${node}: al RAID ${array} le faltan ${lost} de ${wanted} discos ([${map}])`}),
	'array-recovering': (node: string, array: string, action: string, progress: string, lost: number, wanted: number): Text => ({
		en: `${node}: the array ${array} is being rebuilt (${action} ${progress}${lost > 0 ? `, ${lost} of ${wanted} disks missing` : ''})`,
		es: `${node}: el RAID ${array} se está reconstruyendo (${action} ${progress}${lost > 0 ? `, faltan ${lost} de ${wanted} discos` : ''})`,
	}),
	'array-pending': (node: string, array: string, action: string, waiting: string): Text => ({en: `${node}: the array ${array} waits for its ${action} (${waiting})`, es: `${node}: el RAID ${array} espera su ${action} (${waiting})`}),
	'array-member-failed': (node: string, array: string, members: string): Text => ({en: `${node}: the array ${array} holds a failed disk (${members})`, es: `${node}: el RAID ${array} tiene un disco averiado (${members})`}),
	'export-missing': (node: string, path: string): Text => ({en: `${node}: ${path} is not exported to the web servers`, es: `${node}: ${path} no se exporta a los servidores web`}),
	'unit-stopped': (node: string, unit: string): Text => ({en: `${node}: ${unit} is not running`, es: `${node}: ${unit} no está en marcha`}),
	'storage-hangs': (node: string, path: string): Text => ({en: `${node}: ${path} does not answer (stale NFS mount)`, es: `${node}: ${path} no responde (montaje NFS colgado)`}),
	'storage-unreadable': (node: string, path: string, detail: string): Text => ({en: `${node}: ${path} cannot be read (${detail})`, es: `${node}: ${path} no se puede leer (${detail})`}),
	'storage-not-mounted': (node: string, path: string): Text => ({en: `${node}: ${path} is not mounted over NFS`, es: `${node}: ${path} no está montado por NFS`}),
	'ldirectord-missing': (node: string): Text => ({en: `${node}: ldirectord does not run where the VIP is`, es: `${node}: ldirectord no está en marcha donde está la VIP`}),
	'server-out': (server: string, director: string): Text => ({en: `${server} is out of rotation on ${director}`, es: `${server} está fuera de la rotación en ${director}`}),
	'server-maintenance': (server: string, director: string): Text => ({en: `${server} was taken out of rotation by hand on ${director} (maintenance)`, es: `${server} se ha retirado a mano de la rotación en ${director} (mantenimiento)`}),
	'server-weight': (server: string, director: string): Text => ({en: `${server} has weight 0 on ${director}: it gets no new connections`, es: `${server} tiene peso 0 en ${director}: no recibe conexiones nuevas`}),
	'director-unclean': (name: string): Text => ({en: `Pacemaker: ${name} is UNCLEAN`, es: `Pacemaker: ${name} está UNCLEAN`}),
	'director-offline': (name: string): Text => ({en: `Pacemaker: ${name} is offline`, es: `Pacemaker: ${name} está fuera de línea`}),
	'no-quorum': (): Text => ({en: 'Pacemaker: there is no quorum', es: 'Pacemaker: no hay quorum'}),
	'resource-double': (resource: string, nodes: string): Text => ({en: `Pacemaker: ${resource} runs on two directors (${nodes})`, es: `Pacemaker: ${resource} corre en dos directores (${nodes})`}),
	'resource-blocked': (resource: string): Text => ({en: `Pacemaker: ${resource} is blocked`, es: `Pacemaker: ${resource} está bloqueado`}),
	'resource-failed': (resource: string): Text => ({en: `Pacemaker: ${resource} has failed`, es: `Pacemaker: ${resource} ha fallado`}),
	'resource-stopped': (resource: string, role: string): Text => ({en: `Pacemaker: ${resource} is not started (${role})`, es: `Pacemaker: ${resource} no está iniciado (${role})`}),
	'resource-missing': (resource: string): Text => ({en: `Pacemaker: the resource ${resource} is not configured`, es: `Pacemaker: el recurso ${resource} no está configurado`}),
	'maintenance-mode': (): Text => ({en: 'Pacemaker is in maintenance mode: nothing would fail over', es: 'Pacemaker está en modo de mantenimiento: nada conmutaría por error'}),
	'director-maintenance': (name: string): Text => ({en: `Pacemaker: ${name} is in maintenance mode`, es: `Pacemaker: ${name} está en modo de mantenimiento`}),
	'director-standby': (name: string): Text => ({en: `Pacemaker: ${name} is in standby: it would take nothing over`, es: `Pacemaker: ${name} está en espera (standby): no asumiría nada`}),
	'director-pending': (name: string): Text => ({en: `Pacemaker: ${name} is still joining (pending)`, es: `Pacemaker: ${name} aún se está incorporando (pending)`}),
	'resource-unmanaged': (resource: string): Text => ({en: `Pacemaker: ${resource} is unmanaged`, es: `Pacemaker: ${resource} no está gestionado (unmanaged)`}),
	'link-faulty': (link: number, network: string, node: string): Text => ({en: `${node}: Corosync's link ${link} (${network}) to the other director is down`, es: `${node}: el enlace ${link} de Corosync (${network}) con el otro director está caído`}),
	'constraint-left': (id: string, home: string): Text => ({en: `Pacemaker: the constraint ${id}, made by hand, forbids a failover; \`move ${home}\` ends it`, es: `Pacemaker: la restricción ${id}, hecha a mano, impide una conmutación; \`move ${home}\` la quita`}),
	'failed-action': (resource: string, task: string, node: string, reason: string): Text => ({en: `Pacemaker: ${task} of ${resource} failed on ${node} (${reason})`, es: `Pacemaker: ha fallado ${task} de ${resource} en ${node} (${reason})`}),
	'filesystem-full': (node: string, path: string, part: number): Text => ({en: `${node}: ${path} is full (${percent(part)})`, es: `${node}: ${path} está lleno (${percent(part)})`}),
	'inodes-full': (node: string, path: string, part: number): Text => ({en: `${node}: ${path} has no inodes left (${percent(part)} used)`, es: `${node}: ${path} se ha quedado sin inodos (${percent(part)} en uso)`}),
	'filesystem-read-only': (node: string, path: string): Text => ({en: `${node}: ${path} is read-only`, es: `${node}: ${path} está en solo lectura`}),
	'memory-low': (node: string, available: number): Text => ({en: `${node}: only ${available} MiB of memory are left`, es: `${node}: solo quedan ${available} MiB de memoria`}),
	'swap-full': (node: string): Text => ({en: `${node}: memory is short and swap is nearly full`, es: `${node}: falta memoria y el área de intercambio está casi llena`}),
	'clock-off': (node: string, seconds: number): Text => ({
		en: `${node}: the clock is ${Math.abs(seconds).toFixed(0)} s ${seconds > 0 ? 'ahead' : 'behind'}`,
		es: `${node}: el reloj va ${Math.abs(seconds).toFixed(0)} s ${seconds > 0 ? 'adelantado' : 'atrasado'}`,
	}),
	'page-slow': (milliseconds: number): Text => ({en: `the page takes ${(milliseconds / 1000).toFixed(1)} s`, es: `la página tarda ${(milliseconds / 1000).toFixed(1)} s`}),
	'unit-failed': (node: string, unit: string): Text => ({en: `${node}: ${unit} has failed`, es: `${node}: ${unit} ha fallado`}),
	'network-stopped': (network: string): Text => ({en: `the network ${network} is not active in libvirt`, es: `la red ${network} no está activa en libvirt`}),
	'filesystem-filling': (node: string, path: string, part: number): Text => ({en: `${node}: ${path} is ${percent(part)} full`, es: `${node}: ${path} está al ${percent(part)}`}),
	'inodes-filling': (node: string, path: string, part: number): Text => ({en: `${node}: ${percent(part)} of ${path}'s inodes are used`, es: `${node}: están en uso el ${percent(part)} de los inodos de ${path}`}),
	'drill-open': (drill: string): Text => ({en: `the test ${drill} is under way, or was cut off: \`up\` undoes its harm`, es: `la prueba ${drill} está en curso o se interrumpió: \`up\` deshace su daño`}),
	'clock-unsynchronized': (node: string): Text => ({en: `${node}: the clock is not synchronized`, es: `${node}: el reloj no está sincronizado`}),
	'machine-autostart': (vm: string): Text => ({en: `the machine ${vm} does not start with the host`, es: `la máquina ${vm} no arranca con el anfitrión`}),
	'network-autostart': (network: string): Text => ({en: `the network ${network} does not start with the host`, es: `la red ${network} no arranca con el anfitrión`}),
	'cannot-tell': (where: string, what: Text, reason: string): Text => ({
		en: `${where}: cannot tell ${what.en}${reason && ` (${reason})`}`,
		es: `${where}: no se puede saber ${what.es}${reason && ` (${reason})`}`,
	}),
};

/** Notes, which are no troubles and stand beside them, without capital and full stop. */
export const noteMessages = {
	'being-changed': (pid: number, since: string): Text => ({en: `being changed by process ${pid} since ${since}`, es: `lo está cambiando el proceso ${pid} desde las ${since}`}),
	'being-tested': (pid: number, since: string): Text => ({en: `being tested by process ${pid} since ${since}`, es: `lo está probando el proceso ${pid} desde las ${since}`}),
	'being-removed': (pid: number, since: string): Text => ({en: `being removed by process ${pid} since ${since}`, es: `lo está eliminando el proceso ${pid} desde las ${since}`}),
	'started': (since: string): Text => ({en: `answered again since ${since} (\`start\`)`, es: `vuelve a responder desde las ${since} (\`start\`)`}),
	/** @param director absent where the constraint names none */
	'moved-by-hand': (director: string | undefined, end: string): Text => ({
		en: `a move by hand holds the VIPs${director === undefined ? '' : ` on ${director}`}; \`move ${end}\` ends it`,
		es: `un traslado manual retiene las VIP${director === undefined ? '' : ` en ${director}`}; \`move ${end}\` lo termina`,
	}),
};

/** Parts of a look, as the object of "cannot tell". */
export const partMessages = {
	machines: {en: 'the machines\' state: libvirt does not answer', es: 'el estado de las máquinas: libvirt no responde'},
	memory: {en: 'how much memory is left', es: 'cuánta memoria queda'},
	disks: {en: 'how full the disks are', es: 'cómo están de llenos los discos'},
	clock: {en: 'what time it is there', es: 'qué hora es allí'},
	units: {en: 'what systemd says', es: 'lo que dice systemd'},
	mounts: {en: 'what is mounted', es: 'qué está montado'},
	storage: {en: 'whether the array can be read', es: 'si se puede leer el RAID'},
	arrays: {en: 'the array\'s state', es: 'el estado del RAID'},
	exports: {en: 'what is exported', es: 'qué se exporta'},
	pacemaker: {en: 'Pacemaker\'s state', es: 'el estado de Pacemaker'},
	links: {en: 'the state of Corosync\'s links', es: 'el estado de los enlaces de Corosync'},
	addresses: {en: 'its addresses', es: 'sus direcciones'},
	balancer: {en: 'who is in rotation', es: 'quién está en la rotación'},
} satisfies Record<string, Text>;

/** Words of the health line. */
export const healthMessages = {
	states: {ok: {en: 'OK', es: 'OK'}, degraded: {en: 'DEGRADED', es: 'DEGRADADO'}, down: {en: 'DOWN', es: 'CAÍDO'}},
	answers: (status: number, milliseconds: number, servers: string): Text => ({
		en: `the page answers ${status} in ${milliseconds.toFixed(0)} ms (${servers})`,
		es: `la página responde ${status} en ${milliseconds.toFixed(0)} ms (${servers})`,
	}),
	serverAnswers: (server: string, status: number): Text => ({en: `${server} answers ${status}`, es: `${server} responde ${status}`}),
	more: (count: number): Text => ({en: `and ${count} more`, es: `y ${count} más`}),
	/** libvirt's reasons for a paused machine that a user can do something about. */
	ioError: {en: 'input/output error: is the disk of the host full?', es: 'error de entrada/salida: ¿está lleno el disco del anfitrión?'},
	controller: {en: 'the host', es: 'el anfitrión'},
} satisfies Record<string, unknown>;
