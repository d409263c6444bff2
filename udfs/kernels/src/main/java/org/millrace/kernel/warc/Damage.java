package org.millrace.kernel.warc;

/** What is wrong with the bytes at a place of the file. */
record Damage(String reason, long offset) {}
