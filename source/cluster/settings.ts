import {phrase} from '../languages/text.ts';
import {duration, milliseconds, toggle} from './setting.ts';

/**
 * The settings of a cluster: choices that reach the cluster as one value each, by the same name (`cluster.ha.token`).
 * An entry here is all that a new one needs besides the steps that read it: the answers file with its schema, defaults,
 * comments and reference, the wizard's screen, the inventory, the measurements and the report iterate over this list.
 * All of them may change after the build: `up` writes them into configuration files.
 */
export const settings = {
	ha: {
		failback: toggle({
			about: phrase('Return to master: whether the service goes back to it when it is up again'),
			label: phrase('The service returns to the first director'),
			default: true,
		}),
		token: milliseconds({
			about: phrase("Corosync's token; a lost director is acted on after 2.2 times that"),
			label: phrase('Corosync token; a lost director is acted on after (with consensus)'),
			minimum: 500,
			maximum: 60_000,
			default: {thesis: 3000, fast: 1000},
			// Otherwise Corosync takes an emulated director for dead (measured).
			emulated: token => Math.max(token * 5, 5000),
		}),
		monitor: duration({
			about: phrase('Time between two checks, of the addresses and of ldirectord'),
			label: phrase('Resources are looked at every'),
			default: {thesis: 15, fast: 5},
			// One check by ldirectord's agent, which is written in Perl, takes 4 to 8 s of an emulated processor (measured).
			emulated: seconds => Math.max(seconds * 2, 30),
		}),
		sorryPage: toggle({
			about: phrase('Sorry page: whether a director answers with it when every web server is down'),
			label: phrase('Sorry page when no server is left'),
			default: true,
		}),
	},
	check: {
		interval: duration({
			about: phrase('How often'),
			label: phrase('Web servers are looked at every'),
			default: {thesis: 10, fast: 1},
			emulated: seconds => seconds * 2,
		}),
		timeout: duration({
			about: phrase('When it gives up waiting'),
			label: phrase('An answer of a web server is waited for at most'),
			default: {thesis: 3, fast: 2},
			emulated: seconds => seconds * 2,
		}),
	},
} as const;

/** The groups of settings, by their keys in the answers and in the cluster. */
export const settingGroups = Object.keys(settings) as ReadonlyArray<keyof typeof settings>;

/** All settings by the names that measurements and reports give them. */
export const measuredSettings = {
	...settings.ha,
	checkInterval: settings.check.interval,
	checkTimeout: settings.check.timeout,
} as const;
