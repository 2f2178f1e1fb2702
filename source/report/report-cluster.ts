import {spokenSize} from '../languages/quantity.ts';
import type {Language, Text} from '../languages/text.ts';
import {definitionOf, innerRoles} from '../roles/index.ts';
import {documentMessages} from './document-messages.ts';
import {topologyPicture} from './charts/topology.ts';
import type {Block} from './document.ts';
import {settingRows} from './setting-rows.ts';
import {formatFor, type Format} from './format.ts';
import type {Report} from './report-data.ts';

const {cluster: words, yes, no} = documentMessages;

/** Section on the cluster: its picture, machines, versions, settings and choices. */
export function clusterSection(report: Report, language: Language): Block {
	const say = (text: Text) => text[language];
	const format = formatFor(language);
	const {cluster, choices} = report;
	const picture = {id: 'topology', title: say(words.topology), description: say(pictureInWords(cluster, format))};
	const {columns} = words;
	return {
		kind: 'section',
		id: 'cluster',
		title: say(words.title),
		blocks: [
			{kind: 'figure', ...picture, svg: () => topologyPicture(report, {...picture, language})},
			{
				kind: 'table',
				caption: `${say(words.machines)} (${say(words.raid(cluster.raid.level, cluster.raid.disks, cluster.raid.size))})`,
				head: Object.values(columns).map(text => say(text)),
				rows: cluster.nodes.map(node => [
					node.name,
					say(definitionOf(node.role).label),
					node.vm,
					{number: format.number(node.vcpus)},
					{number: say(spokenSize(node.memory))},
					{number: `${format.number(node.disk)} GiB`},
					[node.external, node.internal, node.heartbeat].filter(address => address !== undefined).join(', '),
				]),
			},
			{
				kind: 'section',
				id: 'versions',
				title: say(words.versions),
				blocks: [{kind: 'facts', rows: versionsOf(report, language)}],
			},
			{
				kind: 'section',
				id: 'settings',
				title: say(words.settings),
				blocks: [{kind: 'facts', rows: settingRows(cluster.settings, language)}],
			},
			{
				kind: 'section',
				id: 'choices',
				title: say(words.choices),
				blocks: [
					{
						kind: 'table',
						caption: say(words.choices),
						head: [words.choice, words.value, words.chosenBy].map(text => say(text)),
						// The machines have a table of their own.
						rows: choices
							.filter(({key}) => !key.startsWith('nodes.'))
							.map(({about, value, isChosen}) => [
								say(about),
								inWords(value, language),
								say(isChosen ? words.byUser : words.byDefault),
							]),
					},
				],
			},
		],
	};
}

function pictureInWords({nodes, vip}: Report['cluster'], format: Format): Text {
	const inner = nodes.filter(({role}) => innerRoles.includes(role));
	const storage = inner.filter(({role}) => definitionOf(role).hasArray);
	const [directors, servers, storages] = [
		nodes.filter(node => !inner.includes(node)),
		inner.filter(node => !storage.includes(node)),
		storage,
	].map(those => format.list(those.map(({vm}) => vm)));
	return words.topologyAbout(directors!, servers!, storages!, vip.external);
}

function versionsOf({program, host, cluster}: Report, language: Language): Array<[string, string]> {
	const say = (text: Text) => text[language];
	const format = formatFor(language);
	const {distribution, release} = cluster.guest;
	return [
		[say(words.program), `${program.name} ${program.version}`],
		[say(words.host), say(words.hostSize(host.release, host.cpus, format.number(host.memory / 1024, 1)))],
		[say(words.guest), `${distribution === 'debian' ? 'Debian' : 'Ubuntu'} ${release}`],
		[say(words.place), say(words.places[cluster.sandbox ? 'sandbox' : cluster.external])],
		[say(words.acceleration), say(words.accelerations[cluster.acceleration])],
	];
}

function inWords(value: string, language: Language): string {
	return value === 'true' ? yes[language] : value === 'false' ? no[language] : value === '' ? '–' : value;
}
