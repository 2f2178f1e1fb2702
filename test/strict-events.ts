import {Ajv} from 'ajv';

/** A check for one event: it may tell nothing but what the schema describes, and its time. */
export function strictEvents(schema: object): (event: Readonly<Record<string, unknown>>) => boolean {
	const closed = JSON.parse(JSON.stringify(schema), (_, value: unknown) =>
		typeof value === 'object' && value !== null && 'properties' in value
			? {additionalProperties: false, ...value}
			: value,
	) as object;
	const isDescribed = new Ajv().compile(closed);
	return ({time, ...body}) => typeof time === 'string' && new Date(time).toISOString() === time && isDescribed(body);
}
