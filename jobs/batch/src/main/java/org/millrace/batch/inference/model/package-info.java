/**
 * Texts through a model: one ONNX file and its {@code tokenizer.json}, run by DJL's API with ONNX
 * Runtime behind it. No Spark here; the package above brings this to tables.
 */
package org.millrace.batch.inference.model;
