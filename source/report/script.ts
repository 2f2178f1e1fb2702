import {quote, render, secretsOf, type Command} from '../shell/command.ts';
import type {Plan, Unit} from '../engine/plan.ts';
import {Secret} from '../shell/secret.ts';
import type {Task} from '../engine/task.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {asset} from '../assets.ts';
import type {Language} from '../languages/text.ts';

/**
 * The plan as a POSIX shell script: the same commands in the same order, one at a time. Each task is checked first, so the
 * script is idempotent. Secrets are environment variables that the caller must set.
 */
export function shellScript(plan: Plan, cluster: Cluster, language: Language): string {
	const names = [
		...new Set(
			plan.flatMap(unit =>
				unit.tasks.flatMap(task => (task.apply ?? []).flatMap(command => secretsOf(command)).map(({name}) => name)),
			),
		),
	];
	return [
		asset('script/head.sh', {
			name: cluster.name,
			ssh_config: quote(cluster.paths.sshConfig),
			pace: cluster.timeoutScale,
		}),
		...names.map(name => `: "\${${name}:?}"\n`),
		...plan.map(unit => unitText(unit, language)),
	].join('\n');
}

function unitText(unit: Unit, language: Language): string {
	const title = `# ${unit.step.chapter}  ${unit.id}: ${unit.step.title[language]}`;
	return `${'#'.repeat(title.length)}\n${title}\n\n${unit.tasks.map(task => taskText(unit, task, language)).join('\n')}`;
}

function taskText({place}: Unit, task: Task, language: Language): string {
	const title = quote(task.title[language]);
	const lines = [task.title[language].replaceAll(/^/gm, '# '), `check=${document(render(task.check, 'script'))}`];
	if (task.apply) {
		lines.push(
			`if ! holds ${place} "$check"; then`,
			...task.apply.flatMap(command => commandText(place, command)),
			'fi',
		);
	}

	lines.push(`expect ${place} ${title} ${task.timeout ?? 0} "$check"`, '');
	return lines.join('\n');
}

function commandText(place: string, command: Command): string[] {
	const text = document(render(command, 'script'));
	if (command.input instanceof Secret) {
		return [`printf '%s' "\${${command.input.name}:?}" | on ${place} ${text}`];
	}

	if (command.file !== undefined) {
		return [`on ${place} ${text} < ${quote(command.file)}`];
	}

	return command.input === undefined
		? [`on ${place} ${text} </dev/null`]
		: [`on ${place} ${text} <<'${mark(command.input)}'`, `${command.input.replace(/\n$/, '')}`, mark(command.input)];
}

/** Text as one shell word, unescaped: a here-document inside a command substitution keeps it readable. */
function document(text: string): string {
	return `"$(cat <<'${mark(text)}'\n${text}\n${mark(text)}\n)"`;
}

/** A delimiter for a here-document of this text: no line of the text begins with it. */
function mark(text: string): string {
	let word = 'EOT';
	while (text.split('\n').some(line => line.trimStart().startsWith(word))) {
		word += '_';
	}

	return word;
}
