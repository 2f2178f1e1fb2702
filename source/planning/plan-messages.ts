import {spokenDuration, spokenSize, approximateDuration} from '../languages/quantity.ts';
import {phrase, type Text} from '../languages/text.ts';

const list = (names: readonly string[]) => names.join(', ');

/** Messages of `plan`. */
export const planMessages = {
	lookingAt: (chapter: string): Text => phrase('Looking at what is there already: {chapter}', {chapter}),
	publicRange: (name: string, cidr: string): Text =>
		phrase(
			"WARNING: {cidr} (networks.{name}.cidr) is a public range: this cluster's machines cannot reach the computers on the Internet that have its addresses. Private ranges are 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16.",
			{cidr, name},
		),
	on: (places: readonly string[]): Text => phrase('on {places}', {places: list(places)}),
	node: ({
		vm,
		memory,
		disk,
		addresses,
	}: {
		vm: string;
		memory: number;
		disk: number;
		addresses: readonly string[];
	}): Text =>
		phrase('machine {vm}: {memory} of memory, disk of {disk} GiB, {addresses}', {
			vm,
			memory: spokenSize(memory),
			disk,
			addresses: list(addresses),
		}),
	nodeAndDisks: (node: string): Text => phrase('{node} and its disks', {node}),
	byHand: phrase('changed by hand, or by another program, since the last `up`'),
	restarts: (service: string): Text => phrase('restart {service}', {service}),
	reads: (path: string): Text => phrase('it reads {path}', {path}),
	everythingOn: (place: string): Text =>
		phrase('everything on {place}: it can be looked at once {place} runs', {place}),
	mayLose: (seconds: number): Text =>
		phrase('requests may be lost for up to {ceil}', {ceil: spokenDuration(Math.ceil(seconds))}),
	chapters: phrase('Chapters with something to do, some of them at the same time:'),
	chapter: (step: string, title: string, seconds: number): Text =>
		phrase('{title} ({step}): {seconds}', {title, step, seconds: approximateDuration(seconds)}),
	scaled: (key: string, chosen: string, used: string): Text =>
		phrase('{key} {chosen} counts as {used} here, because the machines are emulated.', {key, chosen, used}),
	failed: phrase('This does not hold, and `up` does not change it:'),
	waits: (seconds: number): Text => phrase('`up` waits up to {seconds} s for it, and then fails', {seconds}),
	hostUnfit: phrase('This computer does not fit, so `up` would change nothing:'),
	asks: phrase('`up` asks before it begins:'),
	/** The same in the wizard, which asks once the plan is accepted. */
	asksOnScreen: phrase('You are asked this before anything is changed:'),
	unknown: (count: number): Text => phrase('Not known before the changes are made: {count}', {count}),
	nothing: phrase('Nothing has to be changed.'),
	summary: ({add, change, remove}: {add: number; change: number; remove: number}): Text =>
		phrase('Plan: {add} to add, {change} to change, {remove} to remove.', {add, change, remove}),
};
