/**
 * Reading what a model wrote about answers: the verdict at the end of a chain of thought ({@code
 * ChainVerdict}), the ratings of all responses to a prompt ({@code Ratings}), and the order in
 * which those were shown to it ({@code ResponseOrder}). What is made of them is {@code bestofn}'s:
 * {@code Votes} and {@code CritiqueVote}.
 */
package org.millrace.kernel.critique;
