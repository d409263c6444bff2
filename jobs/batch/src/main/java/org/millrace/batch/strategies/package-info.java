/**
 * MVec: who solves what in which way, as a Spark job. The path of the data, a class a station:
 *
 * <ol>
 *   <li>{@code StepTable} (a step log) or {@code AnswerTable} (sampled answers): one row a step;
 *   <li>{@code Instances}: one row a learner at a problem, its skills in order, some held out;
 *   <li>{@code MasteryWeights}: a weight a skill of each instance;
 *   <li>{@code Embedder}: vectors of the learners, problems and skills of the rest, from their
 *       graph;
 *   <li>{@code Search}: clusters of learners and of problems, from coarse to fine; a pair of them
 *       is a key, and {@code KeyScores} says how alike a key's instances are;
 *   <li>{@code Mvec}: the same embedding of pruned strategies, blended in, and the clusters again;
 *   <li>{@code TrainingSample}: few instances of every key;
 *   <li>{@code Trial}: predictors trained on such samples, on what was held out; {@code
 *       StrategiesPage} shows it.
 * </ol>
 *
 * <p>Instances are tables and stay on the cluster. Nodes of the graph, their vectors and their
 * labels are on the driver, as skip-gram training holds them there anyway; beyond a size their
 * clusters are found by partitions. Algorithms are in {@code org.millrace.kernel.strategy}.
 */
package org.millrace.batch.strategies;
