import * as z from 'zod';
import {parseJson} from '../text/json.ts';

/**
 * Tells a state directory of ours from any other folder (`cluster.json`). It is the first file in the directory and,
 * when everything is removed, the last.
 */
export const markerSchema = z.object({
	/** Of the state directory: 2 since it belongs to root. */
	format: z.literal(2),
	/** The cluster's random id, the same as in `facts.json`. */
	id: z.uuid(),
	name: z.string().regex(/^[a-z](?:[a-z\d-]{0,30}[a-z\d])?$/),
	/** Whether the cluster is in a sandbox or on this host itself. It never changes. */
	sandbox: z.boolean(),
	/** The image cache, absolute. */
	cache: z.string().regex(/^\//),
	/** The group that may read what is the owner's to read. */
	readers: z.number().int().nonnegative().optional(),
	/** How many folders above the state directory were made with it. They go with it when they are empty. */
	parents: z.number().int().positive().optional(),
});

export type Marker = z.infer<typeof markerSchema>;

/** Reads a marker; undefined if it is none. */
export function parseMarker(text: string): Marker | undefined {
	try {
		return markerSchema.parse(parseJson(text));
	} catch {
		return undefined;
	}
}
