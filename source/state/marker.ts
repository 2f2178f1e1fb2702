import * as z from 'zod';
import {parseJson} from '../text/json.ts';

/**
 * Marker file (`cluster.json`) that distinguishes a state directory of ours from any other folder. It is the first file
 * to be written and the last to be removed.
 */
export const markerSchema = z.object({
	/** Format of the state directory: 2 since root owns it. */
	format: z.literal(2),
	/** Random id of the cluster, the same as in `facts.json`. */
	id: z.uuid(),
	name: z.string().regex(/^[a-z](?:[a-z\d-]{0,30}[a-z\d])?$/),
	/** Whether the cluster is in a sandbox or on this host itself; never changes. */
	sandbox: z.boolean(),
	/** Absolute path of the image cache. */
	cache: z.string().regex(/^\//),
	/** Id of the group that may read entries whose reader is the owner. */
	readers: z.number().int().nonnegative().optional(),
	/** Number of parent folders that were created with the state directory; they are removed with it if they are empty. */
	parents: z.number().int().positive().optional(),
});

export type Marker = z.infer<typeof markerSchema>;

/** Parses a marker; undefined if it is invalid. */
export function parseMarker(text: string): Marker | undefined {
	try {
		return markerSchema.parse(parseJson(text));
	} catch {
		return undefined;
	}
}
