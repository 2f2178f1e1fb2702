import type {Language} from '../../languages/text.ts';
import {definitionOf, innerRoles} from '../../roles/index.ts';
import {documentMessages} from '../document-messages.ts';
import {html, trustedMarkup, type Markup} from '../html.ts';
import type {Report} from '../report-data.ts';
import {svgOpeningTag} from './svg-chart.ts';

type Node = Report['cluster']['nodes'][number];

const words = documentMessages.cluster;
const width = 900;
const box = {width: 150, height: 54};
/** Most machines in a row under the internal network. */
const perRow = 5;
/** Distance of the directors from the left and right edge. */
const side = 190;
const rowHeight = box.height + 34;
const [externalY, directorsY, internalY] = [92, 128, 262] as const;

/** The thesis's picture of the cluster (its image 3), with this cluster's names and addresses. */
export function topologyPicture(
	{cluster}: Report,
	{id, title, description, language}: {id: string; title: string; description: string; language: Language},
): Markup {
	const {nodes, networks, vip, raid} = cluster;
	const of = (role: Node['role']) => nodes.filter(node => node.role === role);
	const backs = innerRoles.toReversed().flatMap(of);
	const rows = Array.from({length: Math.ceil(backs.length / perRow)}, (_, row) =>
		backs.slice(row * perRow, (row + 1) * perRow),
	);
	const height = internalY + 14 + rows.length * rowHeight + 12;
	const directors = of('director').map((node, index) => ({node, x: index === 0 ? side : width - side - box.width}));
	const middle = directorsY + box.height / 2 + 8;
	return html`${trustedMarkup(svgOpeningTag({id, title, description, width, height}))}
		<g font-size="13" fill="var(--ink)">
		<rect x="${(width - 120) / 2}" y="6" width="120" height="34" rx="17" fill="none" stroke="var(--muted)" stroke-dasharray="4 3"/>${label(width / 2, 28, words.clients[language])}
		${line(width / 2, 40, width / 2, externalY)}${pill(width / 2, 66, `VIP ${vip.external}`)}
		${network(externalY, `${words.external[language]} · ${networks.external.label}`, networks.external.cidr)}
		${network(internalY, `${words.internal[language]} · ${networks.internal.label}`, networks.internal.cidr)}
		${directors.map(({node, x}) => html`${line(x + box.width / 2, externalY, x + box.width / 2, internalY)}${machine(node, x, directorsY + 8, node.external ?? '')}${label(x + box.width / 2 + 8, internalY - 32, node.internal, 'start')}`)}
		${line(side + box.width, middle, width - side - box.width, middle, 'stroke-width="4" stroke-dasharray="2 3"')}
		${label(width / 2, middle - 12, `${words.heartbeat[language]} · ${networks.heartbeat.label}`)}${label(width / 2, middle + 22, networks.heartbeat.cidr)}
		${pill(width / 2, internalY - 26, `VIP ${vip.internal}`)}${line(width / 2, internalY - 13, width / 2, internalY)}
		${rows.map((row, index) => machines(row, index, language, words.raid(raid.level, raid.disks, raid.size)[language]))}
		</g></svg>`;
}

function machines(row: readonly Node[], index: number, language: Language, array: string): Markup {
	const y = internalY + 28 + index * rowHeight;
	const bus = y - 14;
	const step = (width - 40) / row.length;
	const center = (place: number) => 20 + step * (place + 0.5);
	// Each row after the first has its own line, connected to the network at the left edge.
	return html`${index > 0 && line(8, internalY, 8, bus)}${index > 0 && line(8, bus, center(row.length - 1), bus)}
		${row.map((node, place) => html`${line(center(place), index > 0 ? bus : internalY, center(place), y)}${machine(node, center(place) - box.width / 2, y, definitionOf(node.role).hasArray ? `${node.internal} · ${array.split(' ').slice(0, 2).join(' ')}` : node.internal)}`)}`;
}

function machine({vm, name, role}: Node, x: number, y: number, below: string): Markup {
	const {line: stroke, corners} = definitionOf(role).picture;
	return html`<g><title>${vm} (${name})</title><rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="${corners}" fill="var(--card)" stroke="var(--accent)" stroke-width="${stroke}"/>
		<text x="${x + box.width / 2}" y="${y + 22}" text-anchor="middle" font-weight="bold">${short(vm, 15)}</text>
		<text x="${x + box.width / 2}" y="${y + 41}" text-anchor="middle" font-size="12" fill="var(--muted)">${below}</text></g>`;
}

function network(y: number, left: string, right: string): Markup {
	return html`${line(8, y, width - 8, y, 'stroke-width="3"')}${label(12, y - 8, left, 'start')}${label(width - 12, y - 8, right, 'end')}`;
}

function pill(x: number, y: number, text: string): Markup {
	return html`<rect x="${x - 80}" y="${y - 13}" width="160" height="26" rx="13" fill="var(--accent)"/><text x="${x}" y="${y + 5}" text-anchor="middle" font-weight="bold" fill="var(--page)">${text}</text>`;
}

function label(x: number, y: number, text: string, anchor = 'middle'): Markup {
	return html`<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="12" fill="var(--muted)">${text}</text>`;
}

function line(x1: number, y1: number, x2: number, y2: number, look = 'stroke-width="1.5"'): Markup {
	return html`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="var(--muted)" ${trustedMarkup(look)}/>`;
}

function short(text: string, length: number): string {
	return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
