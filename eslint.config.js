import tseslint from 'typescript-eslint';
import foreignText from './lint/foreign-text.js';
import rooms from './lint/rooms.js';

/** Imports point one way (see docs/decisions/imports.md). */
const only = (names, message) => ({'no-restricted-imports': ['error', {patterns: [{group: names, message}]}]});
const terminal = ['ink', 'ink/*', 'react', 'react/*', 'ink-*'];
const machinery = [...terminal, 'zx', 'ssh2', 'conf'];

/** Modules with text from outside that is not cleaned, and why. Everywhere else lint finds it (docs/decisions/foreign-text.md). */
const exact = [
	// Cleans.
	'source/text/**',
	// Parses answers, whose text is written back with its comments, and reads their file.
	'source/answers/answers-document.ts',
	'source/answers/answers-file.ts',
	// Keys and files of the state directory are written back as they were; what is parsed in them is cleaned by parseJson.
	'source/state/directory.ts',
	'source/engine/journal.ts',
	// The network's own configuration is written back but for what the bridge changes.
	'source/host/uplink/**',
	// Names of files of the user's own pages may be any bytes; what is shown of them goes through content/names.ts.
	'source/content/list.ts',
	'source/content/names.ts',
	'source/content/site.ts',
	'source/content/stage.ts',
	// Names of the user's files, which are opened again.
	'source/state/user-files.ts',
	// The user's environment, handed on as it is.
	'source/session/sudo-caller.ts',
	// Our own files, which go to machines as they are.
	'source/assets.ts',
	'source/images/image.ts',
	'source/answers/write-reference.ts',
	'source/languages/**',
	// What the user types.
	'source/ui/terminal.tsx',
	'source/ui/key-queue.ts',
];

export default tseslint.config(
	{ignores: ['build/**', 'dist/**', 'coverage/**']},
	...tseslint.configs.recommended,
	{
		languageOptions: {
			parserOptions: {
				projectService: {allowDefaultProject: ['*.js', 'lint/*.js', 'packaging/*.cjs', 'source/*.js']},
				tsconfigRootDir: import.meta.dirname,
			},
		},
		rules: {
			'@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
			'@typescript-eslint/no-unused-vars': ['error', {ignoreRestSiblings: true}],
			eqeqeq: 'error',
			'no-console': 'error',
			curly: 'error',
		},
	},
	{
		files: ['**/*.ts', '**/*.tsx'],
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', {checksVoidReturn: false}],
		},
	},
	{
		files: ['source/**'],
		ignores: ['source/ui/**', 'source/cli.ts'],
		rules: only(
			[...terminal, '**/ui/**', 'zx', 'ssh2', 'conf'],
			'Only the user interface draws; zx, ssh2 and conf stand in one file each.',
		),
	},
	{
		files: [
			'source/targets/local.ts',
			'source/targets/ssh.ts',
			'source/targets/ssh-command.ts',
			'source/cluster/keys.ts',
			'source/state/preferences.ts',
		],
		rules: only([...terminal, '**/ui/**'], 'Only the user interface draws.'),
	},
	{
		files: ['source/**', 'steps/**'],
		ignores: ['source/regexp.ts'],
		rules: {
			'no-restricted-globals': [
				'error',
				{
					name: 'RegExp',
					message: 'A name in a regular expression has to be escaped: use the template in source/regexp.ts.',
				},
			],
		},
	},
	// The order of rooms keeps out what stands on the engine and the steps; the state stands before them.
	{files: ['source/engine/**'], rules: only(machinery, 'The engine knows nothing of what stands on it.')},
	{files: ['source/tasks/**', 'steps/**'], rules: only([...machinery, '**/state/**'], 'Steps are data.')},
	{files: ['source/**', 'steps/**'], plugins: {rooms}, rules: {'rooms/order': 'error'}},
	{
		files: ['source/**/*.ts', 'source/**/*.tsx', 'steps/**'],
		ignores: exact,
		plugins: {'foreign-text': foreignText},
		rules: {'foreign-text/uncleaned': 'error'},
	},
	{
		files: ['*.js', 'packaging/*.cjs', 'source/cluster-wizard.js', 'test/**'],
		rules: {'no-console': 'off', 'no-var': 'off'},
	},
	{files: ['*.js', 'lint/*.js', 'packaging/*.cjs', 'source/*.js'], ...tseslint.configs.disableTypeChecked},
);
