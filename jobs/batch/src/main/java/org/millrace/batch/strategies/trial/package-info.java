/**
 * How well few instances stand for all: predictors that learn from a sample, measured on instances
 * that were held out, and whether they are right for weak and strong learners alike. In one
 * process, on as many instances as it is given; no engine.
 */
package org.millrace.batch.strategies.trial;
