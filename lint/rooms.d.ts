import type {ESLint} from 'eslint';

declare const plugin: ESLint.Plugin;
export default plugin;

/** Folders of the program, each of which imports only itself and those before it. */
export const rooms: readonly string[];
