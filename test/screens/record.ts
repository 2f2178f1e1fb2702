import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {argv, exit, stderr} from 'node:process';
import type {Event} from '../../source/engine/event.ts';

/**
 * Records a real run for the pictures: `npm run record -- FOLDER SECONDS` reads what `up` has kept of a run
 * (`logs/RUN` in a state directory) and writes the events of its first seconds, with what the commands printed, to
 * `test/screens/recorded/build.jsonl`. Of the lines that a unit printed the last ones are kept; the program's own folder, which
 * says where this machine keeps it, becomes the one that npm installs it in.
 */
const recorded = new URL('recorded/build.jsonl', import.meta.url);

const [folder, seconds] = [argv[2], Number(argv[3])];
if (folder === undefined || !(seconds > 0)) {
	stderr.write('usage: npm run record -- FOLDER SECONDS\n');
	exit(2);
}

/** Lines of a unit's output: more than any picture shows. */
const mostLines = 40;

const events = readFileSync(join(folder, 'events.jsonl'), 'utf8')
	.split('\n')
	.filter(Boolean)
	.map(line => JSON.parse(line) as Event);
const began = Math.min(...events.map(({time}) => Date.parse(time)));
const secondOf = ({time}: Event) => (Date.parse(time) - began) / 1000;
const started = new Map(
	events.flatMap(event => (event.type === 'step-started' ? [[event.unit.replaceAll(':', '-'), event] as const] : [])),
);
/** A unit's log alone holds the output of its commands: `TIME | line`, or `TIME ! line` for standard error. */
const printed = readdirSync(folder)
	.filter(name => name.endsWith('.log'))
	.flatMap(name => {
		const unit = started.get(name.slice(0, -'.log'.length));
		return unit === undefined
			? []
			: readFileSync(join(folder, name), 'utf8')
					.split('\n')
					.flatMap((text): Event[] => {
						const [, time, sign, line] = /^(\S+Z) ([|!]) (.*)$/.exec(text) ?? [];
						return time === undefined
							? []
							: [
									{
										time,
										type: 'output',
										unit: unit.unit,
										step: unit.step,
										host: unit.host,
										stream: sign === '!' ? 'stderr' : 'stdout',
										line: line!,
									},
								];
					})
					.filter(event => secondOf(event) <= seconds)
					.slice(-mostLines);
	});
const lines = [...events, ...printed]
	.toSorted((one, other) => one.time.localeCompare(other.time))
	.filter(event => secondOf(event) <= seconds)
	.map(event => {
		const {time, ...body} = event;
		return JSON.stringify({at: secondOf(event), ...body}).replaceAll(
			/[^\s"']*\/assets\//g,
			'/usr/lib/node_modules/cluster-wizard/assets/',
		);
	});
writeFileSync(recorded, `${lines.join('\n')}\n`);
