/**
 * The learned parts of MVec, on DJL with PyTorch behind it: a transformer whose attention says how
 * much each skill of an instance counts, and an LSTM that predicts a student's strategy. Both train
 * in one process, on what a sample holds, from a seed. No Spark here.
 *
 * <p>Networks are plain: {@code Weights} are named arrays, a layer is a method on them, and {@code
 * Adam} moves them. DJL's own blocks hide the attention and share no state between the encoder and
 * the decoder, and its optimizer keeps memory that nobody closes.
 */
package org.millrace.batch.strategies.learn;
