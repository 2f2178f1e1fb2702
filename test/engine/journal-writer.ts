import {Journal} from '../../source/engine/journal.ts';

/** `PATH COUNT`: appends that many entries to a journal, as a run does; long ones, so that a reader often meets one half written. */
const [path, count] = process.argv.slice(2);
const journal = new Journal(path!);
for (let index = 1; index <= Number(count); index++) {
	journal.append({type: 'run-started', run: 'stress', command: 'x'.repeat(2000), version: '1', pid: index});
}
