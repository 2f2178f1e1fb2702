import {ESLint} from 'eslint';
import {expect, test, vi} from 'vitest';

// The first call reads the types of the whole program.
vi.setConfig({testTimeout: 300_000});

const lint = new ESLint({overrideConfig: {linterOptions: {reportUnusedDisableDirectives: 'off'}}});

/** What lint says of a text in the place of one of our modules. */
async function found(text: string, filePath: string): Promise<string[]> {
	const [result] = await lint.lintText(text, {filePath});
	return result!.messages.filter(({ruleId}) => ruleId === 'foreign-text/uncleaned').map(({messageId}) => messageId!);
}

const child =
	"import {spawn} from 'node:child_process';\nconst child = spawn('id', [], {stdio: ['ignore', 'pipe', 'pipe']});\n";
const bytes = 'declare const bytes: Buffer;\n';
const caught = (text: string) => `try {\n\tprocess.exit();\n} catch (error) {\n\t${text}\n}\n`;

test.each<[what: string, text: string, messages: string[]]>([
	[
		'a file with an encoding',
		"import {readFileSync} from 'node:fs';\nreadFileSync('/etc/passwd', 'utf8');",
		['decoded'],
	],
	[
		'an encoding as an option',
		"import {execFileSync} from 'node:child_process';\nexecFileSync('id', [], {encoding: 'latin1'});",
		['decoded'],
	],
	['a stream with an encoding', `${child}child.stdout.setEncoding('utf8');`, ['decoded', 'decoded']],
	[
		'a chunk that is told as text',
		`${child}child.stdout.on('data', chunk => process.stdout.write(chunk.toString()));`,
		['decoded'],
	],
	[
		'a chunk in a template',
		`${child}let text = '';\nchild.stdout.on('data', chunk => {\n\ttext = \`\${text}\${chunk}\`;\n});`,
		['decoded'],
	],
	[
		'a chunk that is added',
		`${child}let text = '';\nchild.stdout.on('data', chunk => {\n\ttext += chunk;\n});`,
		['decoded'],
	],
	['bytes as text', `${bytes}bytes.toString();`, ['decoded']],
	['a part of bytes as text', `${bytes}bytes.subarray(1).toString('utf8', 0, 3);`, ['decoded']],
	['bytes made a string', `${bytes}String(bytes);`, ['decoded']],
	['bytes or nothing made a string', 'declare const bytes: Buffer | undefined;\nString(bytes);', ['decoded']],
	['a decoder', `${bytes}new TextDecoder().decode(bytes);`, ['decoded']],
	['another decoder', "import {StringDecoder} from 'node:string_decoder';\nnew StringDecoder();", ['imported']],
	[
		"a program's output as text",
		"import {execFile} from 'node:child_process';\nexecFile('id', () => {});",
		['imported'],
	],
	[
		'lines of a stream',
		"import {createInterface} from 'node:readline';\ncreateInterface({input: process.stdin});",
		['imported'],
	],
	['JSON', "JSON.parse('{}');", ['parsed']],
	['XML', "import {XMLParser} from 'fast-xml-parser';\nnew XMLParser();", ['imported']],
	['YAML', "import {parseDocument} from 'yaml';\nparseDocument('');", ['imported']],
	["an error's message", caught('process.stderr.write((error as Error).message);'), ['message']],
	[
		"an error's message by its name",
		caught('const {message} = error as Error;\n\tprocess.stderr.write(message);'),
		['message'],
	],
	[
		'uncleaned text from where it is allowed',
		"import {decodeUncleaned} from '../text/exact.ts';\ndecodeUncleaned(Buffer.alloc(1));",
		['exact'],
	],
])('lint finds %s', async (_, text, messages) => {
	expect(await found(text, 'source/measure/clock.ts')).toEqual(messages);
	// In the short list it is allowed.
	expect(await found(text, 'source/text/data.ts')).toEqual([]);
});

test.each([
	['numbers and our own strings', 'const text = String(1) + (5).toString(16);\nprocess.stdout.write(`${text}`);'],
	['digests and keys', `${bytes}bytes.toString('hex');\nbytes.toString('base64');`],
	['cleaned bytes', `import {cleanText} from '../text/clean.ts';\n${bytes}cleanText(bytes);`],
	[
		'cleaned messages',
		`import {messageOf, cleanText} from '../text/clean.ts';\n${caught('process.stderr.write(messageOf(error) + cleanText((error as Error).message));')}`,
	],
	['types', "import type {Document} from 'yaml';\nexport type Made = Document;"],
	[
		"a message that is no error's",
		'declare const problem: {message: {en: string}};\nprocess.stdout.write(problem.message.en);',
	],
])('lint allows %s', async (_, text) => {
	expect(await found(text, 'source/measure/clock.ts')).toEqual([]);
});
