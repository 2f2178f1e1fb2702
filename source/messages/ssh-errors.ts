import type {Text} from './text.ts';

/** What ssh2, sshd and Node say when a command cannot be run on a machine, as sentences. */
const sentences: ReadonlyArray<readonly [said: RegExp, text: Text]> = [
	[/\bEHOSTUNREACH\b|\bENETUNREACH\b|no route to host|network is unreachable/i, {en: 'there is no route to it', es: 'no hay ruta hasta él'}],
	[/\bECONNREFUSED\b|connection refused/i, {en: 'the connection is refused', es: 'rechaza la conexión'}],
	[/\bETIMEDOUT\b|connection timed out|timed out while waiting for handshake|no response from server|keepalive timeout/i, {en: 'no answer in time', es: 'no contesta a tiempo'}],
	[/\bECONNRESET\b|\bEPIPE\b|connection reset/i, {en: 'the connection was reset', es: 'la conexión se ha cortado'}],
	[/the connection was lost|^connection closed$|connection lost before handshake|not connected|server closed channel unexpectedly|channel is not open/i, {en: 'the connection was lost', es: 'se ha perdido la conexión'}],
	[/host denied/i, {en: 'its host key is not the one that it was given', es: 'su clave de anfitrión no es la que se le dio'}],
	[/all configured authentication methods failed/i, {en: 'it does not accept our key', es: 'no acepta nuestra clave'}],
	[/administratively prohibited|open failed|unable to exec|no free channels/i, {en: 'SSH opens no further session', es: 'SSH no abre otra sesión'}],
	[/^handshake failed/i, {en: 'SSH cannot agree on a connection', es: 'SSH no acuerda una conexión'}],
];

/** libvirt's words for the state of a domain (virsh domstate --reason), in sentences that say `the machine NAME is STATE`. */
const states: ReadonlyArray<readonly [said: RegExp, spanish: string]> = [
	[/^shut off\b/, 'apagada'], [/^crashed\b/, 'caída'], [/^paused \(I\/O error\)/, 'en pausa (error del disco)'], [/^paused\b/, 'en pausa'],
];

/** Why a machine could not be reached, without its name; undefined where nobody knows these words. */
export function sshReason(said: string): Text | undefined {
	const machines = said.split(/, (?=the machine )/).map(part => /^the machine (\S+) is (.+)$/.exec(part));
	if (machines.every(machine => machine !== null)) {
		return {en: said, es: machines.map(([, name, state = '']) => `la máquina ${name} está ${states.find(([words]) => words.test(state))?.[1] ?? state}`).join(', ')};
	}

	const found = sentences.find(([words]) => words.test(said))?.[1];
	const address = /\b(?:connect|read) E[A-Z]+ (\d[\d.]*(?::\d+)?)/.exec(said)?.[1];
	return found && address !== undefined ? {en: `${found.en} (${address})`, es: `${found.es} (${address})`} : found;
}

/** The same with the machine's name before it, as the engine has it; other words as they are. */
export function unreachableReason(said: string): Text {
	const [, name = '', why = said] = /^([a-z][a-z\d-]*): (.*)$/.exec(said) ?? [];
	const {en, es} = sshReason(why) ?? {en: why, es: why};
	return name === '' ? {en, es} : {en: `${name}: ${en}`, es: `${name}: ${es}`};
}
