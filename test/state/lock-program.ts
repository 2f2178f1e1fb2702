import {takeRunLock} from '../../source/state/run-lock.ts';

await takeRunLock(process.argv[2]!, {command: 'held', verb: 'up'});
process.stdout.write('taken');
setInterval(() => {}, 60_000);
