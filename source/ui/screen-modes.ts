/**
 * Terminal modes of the wizard (xterm's ctlseqs): no automatic wrapping (7), so that nothing can scroll; the mouse wheel
 * sends arrow keys (1007, saved and restored because its default differs between terminals); bracketed paste (2004);
 * hidden cursor (25).
 */
const modes = '\u001B[?7l\u001B[?1007h\u001B[?2004h\u001B[?25l';

/** Switches to the alternate screen and sets the modes. */
export const enterScreen = `\u001B[?1049h\u001B[?1007s${modes}\u001B[2J\u001B[H`;

/** Sets the modes again, in case another program has changed them. */
export const assertModes = modes;

/** Restores the modes and the normal screen. */
export const leaveScreen = '\u001B[?2004l\u001B[?1007r\u001B[?7h\u001B[?25h\u001B[?1049l';

/** The same for a screen reader, which stays on the normal screen. */
export const enterReader = '\u001B[?2004h';
export const leaveReader = '\u001B[?2004l\n';
