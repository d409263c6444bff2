/**
 * The engine {@code openai}: any server that speaks OpenAI's HTTP interface, such as vLLM, SGLang
 * and llama-server. {@link org.millrace.batch.sample.engine.openai.OpenAiEngine} makes a call of a
 * request and answers of its response; the client library does the protocol, over the JDK's HTTP
 * client.
 */
package org.millrace.batch.sample.engine.openai;
