import {phrase, verbatim, type Text} from '../languages/text.ts';
import {templatePattern} from '../regexp.ts';

/** Sentences that this program's checks print on a node to say why they do not pass. */
const templates = [
	template('not looked at yet'),
	template('looked at before this machine was restarted'),
	template('not taken yet'),
	template('the sandbox is not there'),
	template('libvirt does not answer'),
	template('Pacemaker does not answer'),
	template('ldirectord does not run'),
	template('the directors are booting'),
	template('{user} is not in the group {group}'),
	template('of {all} resources started: {started}'),
	template('of {all} resources started on {node}: {started}; missing: {missing}'),
	template('not only on {node}: {resources}'),
	template('the array is not running'),
	template('what was installed has not been written down'),
	template('apt knows no package {package}: packages for the machines could not be verified'),
	template(
		'debian-archive-keyring {version} is older than the keys that Debian is signed with ({needed} has them): packages for the machines could not be verified',
	),
	template('the packet filter cuts off machines on {network}: {filter}'),
	template('not installed: {packages}'),
	template('not installed:'),
	template('{folder}: not unpacked'),
	template(
		'{folder}: differs from what was unpacked ({changed} changed, {missing} missing, {added} added; up keeps a copy): {names}',
	),
	template(
		'{folder}: differs from what was unpacked ({changed} changed, {missing} missing, {added} added; no copy is kept, as they are larger than {limit} MiB): {names}',
	),
	template('{folder}: differs from what was unpacked ({changed} changed, {missing} missing, {added} added): {names}'),
	template('{link}: leads to nothing'),
	template('{link}: leads to {target}'),
	template('{path}: missing'),
	template('{path}: nothing is mounted'),
	template('{path} is missing or differs'),
	template('{path} differs from what the wizard writes'),
	template('{path} is still there'),
	template('{name} does not start with the host'),
];

/**
 * Translates a reason printed by one of our checks. Messages of other programs stay as they are, so that users can
 * search for them.
 */
export function reasonText(reason: string): Text {
	for (const {english, pattern} of templates) {
		const match = pattern.exec(reason);
		if (match) {
			return phrase(english, match.groups && {...match.groups});
		}
	}

	return verbatim(reason);
}

/** @param english sentence with named placeholders in braces, as in `phrase` */
function template(english: string): {readonly english: string; readonly pattern: RegExp} {
	return {english, pattern: templatePattern(english)};
}
