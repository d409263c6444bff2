/** Models on tables: embeddings as a step and as SQL functions, and model files on all machines. */
package org.millrace.batch.inference;
