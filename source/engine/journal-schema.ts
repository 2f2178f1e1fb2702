import * as z from 'zod';
import {ownedResourceSchema} from './resource.ts';

/** Ids of runs, units and drills become names of log files: each must be one safe path component. */
const id = z.string().regex(/^[A-Za-z\d][\w.:-]{0,127}$/);
const seconds = z.number();

function entry<const Type extends string, Shape extends z.core.$ZodLooseShape>(type: Type, shape: Shape) {
	return z.object({type: z.literal(type), time: z.iso.datetime({offset: true}), ...shape});
}

/** A line of the journal. */
export const entrySchema = z.discriminatedUnion('type', [
	entry('run-started', {run: id, command: z.string(), version: z.string(), pid: z.int().positive()}),
	entry('step-started', {run: id, unit: id}),
	/** `written`: digests of the tasks whose files are now as the tasks write them; see `writtenDigests`. `files`: digests of the files' content, by path, where the unit wrote them. */
	entry('step-finished', {
		run: id,
		unit: id,
		duration: seconds,
		status: z.enum(['ok', 'changed', 'failed', 'skipped', 'would-change', 'unknown', 'blocked', 'interrupted']),
		waited: z.boolean().optional(),
		written: z.array(z.string().regex(/^[\da-f]{16}$/)).optional(),
		files: z.record(z.string().startsWith('/'), z.string().regex(/^[\da-f]{16}$/)).optional(),
	}),
	/** Written before the resource is created. */
	entry('intent', {run: id, resource: ownedResourceSchema}),
	entry('removed', {kind: z.string(), name: z.string()}),
	entry('drill-started', {run: id, drill: id}),
	entry('drill-ended', {run: id, drill: id, restored: z.boolean()}),
	/** `stop` has shut down all VMs. */
	entry('stopped', {run: id}),
	/** The page responds again after `start`. */
	entry('started', {run: id}),
	entry('run-finished', {run: id, status: z.enum(['ok', 'failed', 'interrupted']), duration: seconds}),
]);

export type JournalEntry = z.infer<typeof entrySchema>;
