/**
 * The engine {@code llama}: a GGUF file in this process, by llama.cpp through its Java binding. One
 * model a process, whatever the number of tasks; several sequences at once.
 */
package org.millrace.batch.sample.engine.llama;
