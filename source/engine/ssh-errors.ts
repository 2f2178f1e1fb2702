import {joined, phrase, phraseIn, verbatim, type Text} from '../languages/text.ts';

/** Messages of ssh2, sshd and Node about commands that cannot be run on a node, with our own wording. */
const sentences: ReadonlyArray<readonly [said: RegExp, text: Text]> = [
	[/\bEHOSTUNREACH\b|\bENETUNREACH\b|no route to host|network is unreachable/i, phrase('there is no route to it')],
	[/\bECONNREFUSED\b|connection refused/i, phrase('the connection is refused')],
	[
		/\bETIMEDOUT\b|connection timed out|timed out while waiting for handshake|no response from server|keepalive timeout/i,
		phrase('no answer in time'),
	],
	[/\bECONNRESET\b|\bEPIPE\b|connection reset/i, phrase('the connection was reset')],
	[
		/the connection was lost|^connection closed$|connection lost before handshake|not connected|server closed channel unexpectedly|channel is not open/i,
		phrase('the connection was lost'),
	],
	[/host denied/i, phrase('its host key is not the one that it was given')],
	[/all configured authentication methods failed/i, phrase('it does not accept our key')],
	[/administratively prohibited|open failed|unable to exec|no free channels/i, phrase('SSH opens no further session')],
	[/^handshake failed/i, phrase('SSH cannot agree on a connection')],
];

/** libvirt's domain states (`virsh domstate --reason`), worded for the sentence `the machine NAME is STATE`. */
const states: ReadonlyArray<readonly [said: RegExp, text: Text]> = [
	[/^shut off\b/, phrase('shut off')],
	[/^crashed\b/, phraseIn('of SSH', 'crashed')],
	[/^paused \(I\/O error\)/, phrase('paused (I/O error)')],
	[/^paused\b/, phrase('paused')],
];

/** Returns the reason why a VM could not be reached, without its name; undefined if the message is unknown. */
export function sshReason(said: string): Text | undefined {
	const machines = said.split(/, (?=the machine )/).map(part => /^the machine (\S+) is (.+)$/.exec(part));
	if (machines.every(machine => machine !== null)) {
		return joined(
			machines.map(([, name = '', said = '']) => {
				// English keeps libvirt's own words, which are more specific.
				const state = {...(states.find(([words]) => words.test(said))?.[1] ?? verbatim(said)), en: said};
				return phrase('the machine {name} is {state}', {name, state});
			}),
			', ',
		);
	}

	const found = sentences.find(([words]) => words.test(said))?.[1];
	const address = /\b(?:connect|read) E[A-Z]+ (\d[\d.]*(?::\d+)?)/.exec(said)?.[1];
	return found && address !== undefined ? phrase('{found} ({address})', {found, address}) : found;
}

/** Translates the engine's `NAME: MESSAGE`; an unknown message stays as it is. */
export function unreachableReason(said: string): Text {
	const [, name = '', why = said] = /^([a-z][a-z\d-]*): (.*)$/.exec(said) ?? [];
	const reason = sshReason(why) ?? verbatim(why);
	return name === '' ? reason : joined([verbatim(name), reason], ': ');
}
