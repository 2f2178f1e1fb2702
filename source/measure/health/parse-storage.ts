import type {ArrayFacts} from './facts.ts';

/**
 * Parses `/proc/mdstat`: arrays in any state, an empty list without arrays, undefined if the text is not mdstat.
 * Format of the kernel's md_seq_show: `md0 : active (read-only) raid6 vdb[0] vdc[1](F)`.
 */
export function parseArrays(text: string): ArrayFacts[] | undefined {
	if (!/^Personalities\s*:/m.test(text)) {
		return undefined;
	}

	return text
		.split(/^(?=md\S+ : )/m)
		.slice(1)
		.map(part => {
			const [first = '', ...rest] = part.split('\n');
			const [name = '', , ...words] = first.split(' ');
			const state = words[0] ?? '';
			const access = words.includes('(auto-read-only)')
				? 'auto-read-only'
				: words.includes('(read-only)')
					? 'read-only'
					: 'read-write';
			const [, wanted = '0', working = '0', map = ''] = /\[(\d+)\/(\d+)\] \[([U_]+)\]/.exec(part) ?? [];
			const moving = /(resync|recovery|check|reshape)\s*=\s*(?:([\d.]+)%|(PENDING|DELAYED))/.exec(rest.join('\n'));
			return {
				name,
				state,
				access,
				level: words.find(word => /^(?:raid\d+|linear|multipath)$/.test(word)) ?? '',
				wanted: Number(wanted),
				working: Number(working),
				map,
				failed: words.filter(word => word.endsWith('(F)')).map(word => word.replace(/\[.*/, '')),
				...(moving && {
					action: {
						kind: moving[1]!,
						...(moving[2] !== undefined && {percent: Number(moving[2])}),
						...(moving[3] !== undefined && {waiting: moving[3]}),
					},
				}),
			};
		});
}

/** Parses `exportfs -v`: a path, a client, and its options in brackets; after a long path, the rest is on the next line. */
export function parseExports(text: string): Array<{path: string; clients: string}> {
	return [...text.replaceAll(/\n\s+/g, ' ').matchAll(/^(\S+)\s+(\S+?)\(/gm)].map(([, path, clients]) => ({
		path: path!,
		clients: clients!,
	}));
}
