/** The part of Node's module that is used; the types of Node 20 lack it. */
declare module 'node:sea' {
	const sea: {
		isSea(): boolean;
		/** Throws for an unknown key. The buffer must not be modified. */
		getRawAsset(key: string): ArrayBuffer;
		/** Available from Node 24.8 on, which all our executables contain. */
		getAssetKeys(): string[];
	};
	export default sea;
}
