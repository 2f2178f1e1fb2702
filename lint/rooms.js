/** Folders of the program, each of which imports only itself and those before it (docs/decisions/imports.md). */
export const rooms = [
	'source/text',
	'source/languages',
	'source/shell',
	'source/host',
	'source/state',
	'source/roles',
	'source/cluster',
	'source/answers',
	'source/engine',
	'source/images',
	'source/tasks',
	'source/content',
	'steps',
	'source/targets',
	'source/measure',
	'source/output',
	'source/report',
	'source/messages',
	'source/command-line',
	'source/session',
	'source/planning',
	'source/drilling',
	'source/status',
	'source/wizard',
	'source/commands',
	'source/ui',
];

/** The folder of `rooms` that contains a path; undefined for other files, such as those directly in `source/`. */
export function roomOf(path) {
	return rooms.find(room => path.includes(`/${room}/`));
}

/** Reports an import of a folder that comes later in `rooms` than the importing one. */
export default {
	rules: {
		order: {
			meta: {
				type: 'problem',
				schema: [],
				messages: {upwards: '{{from}} does not import {{to}}: imports point one way, see lint/rooms.js'},
			},
			create(context) {
				const from = roomOf(context.filename);
				const check = node => {
					if (typeof node.source?.value !== 'string' || !node.source.value.startsWith('.')) {
						return;
					}

					const to = roomOf(new URL(node.source.value, `file://${context.filename}`).pathname);
					if (from && to && rooms.indexOf(to) > rooms.indexOf(from)) {
						context.report({node, messageId: 'upwards', data: {from, to}});
					}
				};

				return {
					ImportDeclaration: check,
					ExportNamedDeclaration: check,
					ExportAllDeclaration: check,
					ImportExpression: check,
				};
			},
		},
	},
};
