/** Encodings that can yield any character; hex and base64 yield only harmless ones. */
const encodings = new Set(['utf8', 'utf-8', 'latin1', 'binary', 'ascii', 'utf16le', 'utf-16le', 'ucs2', 'ucs-2']);

const bytes = new Set(['Buffer', 'Uint8Array', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView']);

/** The functions that clean text. An error's message may be passed to them directly. */
const cleaners = new Set(['cleanText', 'cleanLine', 'messageOf']);

/** Imports that return text from outside as a string, by module. */
const imports = {
	'node:child_process': ['exec', 'execFile', 'execSync'],
	'node:fs/promises': ['readFile'],
	'node:readline': '*',
	'node:string_decoder': '*',
	'fast-xml-parser': '*',
	yaml: ['parse', 'parseAllDocuments', 'parseDocument'],
};

const messages = {
	decoded:
		'Bytes from outside become text in source/text only: cleanText, cleanLine, readText, lineSplitter, runProgram.',
	exact: 'Text that stays uncleaned is allowed in the modules that eslint.config.js lists, each with its reason.',
	parsed: 'Strings in parsed data are foreign as well: parseJson, jsonIn, parseXml, parseAnswers.',
	imported: '"{{name}}" gives text from outside as a string: see source/text.',
	message: "An error's message can hold foreign text: messageOf, cleanText or cleanLine.",
};

/** Finds the places where text from outside would become a string without being cleaned (docs/decisions/foreign-text.md). */
const uncleaned = {
	meta: {type: 'problem', messages, schema: []},
	create(context) {
		const services = context.sourceCode.parserServices;
		const checker = services.program.getTypeChecker();
		const partsOf = node => {
			const type = services.getTypeAtLocation(node);
			return type.isUnion() ? type.types : [type];
		};

		const isForeign = node =>
			partsOf(node).some(type => checker.typeToString(type) === 'any' || bytes.has(type.symbol?.name));
		const isError = node =>
			partsOf(node).some(type => type.getProperty('stack') !== undefined && type.getProperty('message') !== undefined);
		const isCleaned = ({parent}) =>
			parent.type === 'CallExpression' && parent.callee.type === 'Identifier' && cleaners.has(parent.callee.name);
		const report = (node, messageId, data) => context.report({node, messageId, data});
		return {
			Literal(node) {
				if (
					encodings.has(node.value) &&
					(node.parent.type === 'CallExpression' ||
						node.parent.type === 'NewExpression' ||
						(node.parent.type === 'Property' && node.parent.value === node))
				) {
					report(node, 'decoded');
				}
			},
			ImportDeclaration({source, specifiers, importKind}) {
				const names = imports[source.value];
				for (const specifier of importKind !== 'type' && names ? specifiers : []) {
					const name = specifier.type === 'ImportSpecifier' ? specifier.imported.name : '*';
					if (specifier.importKind !== 'type' && (names === '*' || name === '*' || names.includes(name))) {
						report(specifier, 'imported', {name: `${source.value}: ${name}`});
					}
				}

				if (/(?:^|\/)text\/exact\.ts$/.test(source.value)) {
					report(source, 'exact');
				}
			},
			CallExpression(node) {
				const {callee} = node;
				if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier') {
					const {name} = callee.property;
					const [encoding] = node.arguments;
					if (name === 'setEncoding') {
						report(node, 'decoded');
					} else if (
						name === 'toString' &&
						isForeign(callee.object) &&
						!/^(?:hex|base64|base64url)$/.test(encoding?.value ?? '') &&
						!encodings.has(encoding?.value)
					) {
						report(node, 'decoded');
					} else if (name === 'parse' && callee.object.type === 'Identifier' && callee.object.name === 'JSON') {
						report(node, 'parsed');
					}
				} else if (
					callee.type === 'Identifier' &&
					callee.name === 'String' &&
					node.arguments.some(argument => isForeign(argument))
				) {
					report(node, 'decoded');
				}
			},
			NewExpression(node) {
				if (node.callee.type === 'Identifier' && node.callee.name === 'TextDecoder') {
					report(node, 'decoded');
				}
			},
			TemplateLiteral(node) {
				if (node.parent.type !== 'TaggedTemplateExpression') {
					for (const expression of node.expressions.filter(expression => isForeign(expression))) {
						report(expression, 'decoded');
					}
				}
			},
			'BinaryExpression[operator="+"], AssignmentExpression[operator="+="]'(node) {
				for (const side of [node.left, node.right].filter(side => isForeign(side))) {
					report(side, 'decoded');
				}
			},
			MemberExpression(node) {
				if (
					node.property.type === 'Identifier' &&
					node.property.name === 'message' &&
					!isCleaned(node) &&
					isError(node.object)
				) {
					report(node, 'message');
				}
			},
			'VariableDeclarator > ObjectPattern, :function > ObjectPattern'(node) {
				const message = node.properties.find(({key}) => key?.type === 'Identifier' && key.name === 'message');
				if (message && isError(node)) {
					report(message, 'message');
				}
			},
		};
	},
};

export default {rules: {uncleaned}};
