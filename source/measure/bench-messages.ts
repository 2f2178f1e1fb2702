import {countInDigits} from '../languages/quantity.ts';
import {phrase, verbatim, type Text} from '../languages/text.ts';

/** Messages of `bench`. */
export const benchMessages = {
	notANumber: (option: string, value: string, from: number, to: number): Text =>
		phrase('{option} {value}: a whole number from {from} to {to} is wanted. Nothing was touched.', {
			option,
			value,
			from,
			to,
		}),
	unknownTool: (value: string): Text => phrase('--tool {value}: ab or siege is wanted. Nothing was touched.', {value}),
	attempted: (tool: string): Text => phrase('Send the load with {tool}', {tool}),
	allFailed: (count: number): Text => phrase('None of {count} requests was answered.', {count}),
	hung: (tool: string): Text =>
		phrase(
			'{tool} did not end when its time was over (a fault of its own that comes now and then): ended, not counted, and sent again.',
			{tool},
		),
	advice: phrase(
		'If the command was not found, `cluster-wizard up --only packages` installs it. Otherwise `cluster-wizard status` shows what does not serve.',
	),
	willLoad: (minutes: number): Text =>
		phrase(
			"The benchmarks take web servers out of rotation and send as many requests as the rest can answer, for at least {minutes} min. Meanwhile the cluster's clients wait longer for their pages, and some requests may fail. All servers are put back afterwards.",
			{minutes},
		),
	prepare: phrase('The cluster is well and can be measured'),
	scaled: (requests: number, seconds: number): Text =>
		phrase(
			"The machines are emulated, without hardware virtualization: {requests} requests with ab and {seconds} s with siege instead of the thesis's 100000 and 20 s. Compare ratios, not rates.",
			{requests, seconds},
		),
	servers: (count: number): Text => (count === 0 ? phrase('direct') : verbatim(String(count))),
	sample: (tool: string, servers: number, repetition: number, of: number, rate: number, failed: number): Text =>
		phrase(
			'{tool}, {servers, plural, =0 {one server directly} other {{servers} server{servers, plural, one {} other {s}}}}, {repetition} of {of}: {rate} requests/s{failed, plural, =0 {} other {, {failed} failed}}',
			{tool, servers, repetition, of, rate: rate.toFixed(1), failed},
		),
	rates: (tool: string): Text => phrase('Requests a second with {tool}', {tool}),
	cpu: (processors: number): Text =>
		phrase('Processors: part of one that each used, median (100 % is one; the host has {processors})', {processors}),
	columns: {
		tool: phrase('Tool'),
		servers: phrase('Servers'),
		rate: phrase('Median (range)'),
		toDirect: phrase('÷ direct'),
		toOne: phrase('÷ 1'),
		p95: phrase('p95 (ms)'),
		longest: phrase('Longest (ms)'),
		failed: phrase('Failed'),
		thesis: phrase('Thesis'),
		thesisToOne: phrase('÷ its 1'),
		host: phrase('host'),
	} satisfies Record<string, Text>,
	directly: (server: string, network: string): Text =>
		phrase(
			'"direct": the same load from the host to {server}\'s own address, by a port of the host on {network} that is there only for it; no director is on the way. Its ratio to one server in rotation is what going through a director costs.',
			{server, network},
		),
	saturated: (percent: number): Text =>
		phrase(
			"The host's processors were up to {percent} % busy. The load generator, the directors and all servers share them, so that a server more gets its time from the others: how the rate grows with their number says little here.",
			{percent},
		),
	failures: (count: number): Text =>
		phrase('{requests} failed: the rates count {count, plural, one {it} other {them}} as well.', {
			requests: countInDigits.request(count),
			count,
		}),
	kept: (file: string): Text => phrase('All of it is in {file}', {file}),
	notRestored: (command: string): Text =>
		phrase('Not all servers could be put back into rotation. Once the cluster answers again, {command} does it.', {
			command,
		}),
};
