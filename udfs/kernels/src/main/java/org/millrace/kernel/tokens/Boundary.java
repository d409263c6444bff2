package org.millrace.kernel.tokens;

import java.io.Serializable;

/**
 * Where a document, or the rest of one, begins in a window.
 *
 * @param id of the document
 * @param source that it is from; null if it isn't known
 * @param start place of its first token in the window
 * @param continued whether the document began in a window before
 */
public record Boundary(String id, String source, int start, boolean continued)
    implements Serializable {}
