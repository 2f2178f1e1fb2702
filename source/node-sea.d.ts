/** As much of Node's module as is used; the types of Node 20 lack it. */
declare module 'node:sea' {
	const sea: {
		isSea(): boolean;
		/** Throws for a key that is not there. The buffer must not be written to. */
		getRawAsset(key: string): ArrayBuffer;
		/** Node 24.8 and later, and so in every executable of ours. */
		getAssetKeys(): string[];
	};
	export default sea;
}
