/** Where the array is mounted: on the storage node itself, and over NFS on all that use it (the thesis's path). */
export const arrayMount = '/mnt/raid';

/** What Apache serves. */
export const webRoot = `${arrayMount}/www`;

/** The file that a web server reads to know that its storage answers. */
export const healthFile = `${arrayMount}/health.txt`;
