import {outcomeWords, verdictWords} from '../measure/messages.ts';
import {spokenSize} from '../languages/quantity.ts';
import {phrase, type Text} from '../languages/text.ts';

/** Texts of the report on a cluster. */
export const documentMessages = {
	title: (cluster: string): Text =>
		phrase('Web cluster with high availability and load balancing: {cluster}', {cluster}),
	subtitle: (at: string): Text => phrase('Built, tested and measured. Measurements of {at}.', {at}),
	footer: (version: string): Text =>
		phrase('Written by cluster-wizard {version} from its own measurements.', {version}),
	contents: phrase('Contents'),
	asTable: phrase('As a table'),
	yes: phrase('yes'),
	no: phrase('no'),
	none: phrase('none'),
	verdict: verdictWords,
	outcome: outcomeWords,
	summary: {
		title: phrase('Summary'),
		passed: phrase('tests passed'),
		interrupted: (count: number): Text => (count === 1 ? phrase('test interrupted') : phrase('tests interrupted')),
		void: (count: number): Text => (count === 1 ? phrase('test void') : phrase('tests void')),
		outage: phrase('longest outage'),
		lost: phrase('requests lost'),
		sent: (count: string): Text => phrase('of {count} sent', {count}),
		rate: (servers: string): Text => phrase('requests a second, {servers}', {servers}),
		built: phrase('to build it (critical path)'),
		noDrills: phrase('No test has been run: `cluster-wizard verify`.'),
		table: phrase('Every test at a glance'),
		notRestored: (ids: string): Text =>
			phrase(
				'After these tests the cluster was not as it had been before: {ids}. `cluster-wizard up` brings it back.',
				{ids},
			),
		predictions: phrase('Outages, measured and predicted'),
		predictionsAbout: phrase(
			"A bar for each phase: how long clients were without an answer. The line is the worst case by this cluster's own settings: the bar has to end before it.",
		),
	},
	cluster: {
		title: phrase('The cluster'),
		topology: phrase('Machines, networks and floating addresses'),
		topologyAbout: (directors: string, webs: string, storage: string, vip: string): Text =>
			phrase(
				'Clients ask for {vip} on the external network. The directors {directors} stand between it and the internal network and are joined by the heartbeat network; behind them are {webs} and the storage {storage}.',
				{vip, directors, webs, storage},
			),
		clients: phrase('clients'),
		external: phrase('external network'),
		internal: phrase('internal network'),
		heartbeat: phrase('heartbeat'),
		machines: phrase('Machines'),
		columns: {
			name: phrase('Name'),
			role: phrase('Role'),
			vm: phrase('In libvirt'),
			vcpus: phrase('CPUs'),
			memory: phrase('Memory'),
			disk: phrase('Disk'),
			addresses: phrase('Addresses'),
		},
		raid: (level: number, disks: number, size: number): Text =>
			phrase('RAID {level} of {disks} disks of {size}', {level, disks, size: spokenSize(size)}),
		versions: phrase('Versions and conditions'),
		program: phrase('Program'),
		host: phrase('Host'),
		hostSize: (release: string, cpus: number, memory: string): Text =>
			phrase('{release}, {cpus} processors, {memory} GiB of memory', {release, cpus, memory}),
		guest: phrase('Machines run'),
		place: phrase('Where'),
		places: {
			sandbox: phrase('in a sandbox on this host'),
			bridge: phrase('on the host, in its own network (bridge)'),
			nat: phrase('on the host, behind NAT'),
		},
		acceleration: phrase('Virtualization'),
		accelerations: {kvm: phrase('hardware (KVM)'), tcg: phrase('emulated (QEMU TCG)')},
		emulated: (pace: number): Text =>
			phrase(
				'These machines were emulated, because the host has no hardware virtualization. Everything in them takes many times as long: times of the settings are scaled, and our patience is {pace} times as great. Compare the figures with each other and with their predictions, not with those of real hardware.',
				{pace},
			),
		settings: phrase('Times in force now'),
		choices: phrase('Choices'),
		choice: phrase('Choice'),
		value: phrase('Value'),
		chosenBy: phrase('Chosen'),
		byUser: phrase('by the user'),
		byDefault: phrase('by default'),
	},
	build: {
		title: phrase('The build'),
		none: phrase('Nothing is known of the build.'),
		chart: phrase('Where the time went'),
		about: phrase(
			'The parts of the build that took longest. What is marked ◆ is on the critical path: the chain of parts, each needing the one before, that nothing else could have shortened.',
		),
		table: phrase('Every part of the build'),
		seconds: phrase('seconds'),
		columns: {part: phrase('Part'), chapter: phrase('Thesis'), what: phrase('What'), time: phrase('Time')},
	},
	errata: {
		title: phrase('Errata of the thesis that were met'),
		about: phrase('Where the thesis was not followed to the letter, and why. The line is that of its text.'),
		none: phrase('None: nothing was built or tested.'),
		columns: {line: phrase('Line'), thesis: phrase('The thesis'), right: phrase('Here'), by: phrase('Where')},
		shownBy: (id: string): Text => (id === 'load' ? phrase('benchmarks') : phrase('test {id}', {id})),
	},
	command: {
		noMeasurements: (file: string): Text =>
			phrase(
				'Nothing has been measured yet ({file} is not there): run `cluster-wizard verify` or `cluster-wizard bench` first.',
				{file},
			),
		written: phrase('The report was written:'),
	},
} as const;
