/**
 * MVec: who solves what in which way, and a small training sample that holds all ways. From steps
 * to clusters of strategies (Shakya, Rus and Venugopal, EDM 2023, arXiv 2308.03892 and 2401.10210),
 * without an engine; the Spark job calls it per line, per group or per partition, in this order:
 *
 * <ol>
 *   <li>{@code steps}: the header once on the driver ({@code StepColumns}), every line in its
 *       partition ({@code StepLines}: a {@code Step}, or {@code Rejected} for the quarantine), then
 *       a group a {@code Instance.Key}. Sampled answers come in by {@code answers}: {@code
 *       ThoughtSteps} cuts them, their steps' clusters are the skills, and {@code AnswerDiversity}
 *       says how many ways a prompt's answers show.
 *   <li>{@code mastery}: {@code FirstAttemptRates} from grouped counts, {@code KnowledgeTracingFit}
 *       a group a skill; a trained transformer is one more {@code Mastery}.
 *   <li>{@code graph}: one record of {@code Neighbours} a node, and {@code Node2Vec.next} a join a
 *       step, or whole walks where the graph fits. The walks, or {@code Relations}, are the
 *       sentences of the skip-gram; {@code embed} has the deterministic {@code PpmiSvd} for small
 *       data, and {@code UnitRows}, which every embedding goes through before it is clustered.
 *   <li>{@code cluster}: {@code DpMeans} and {@code KMeans} run on a {@code PointSet}, wherever its
 *       blocks of {@code Points} are; the engine's answers a call with a map over blocks and a
 *       reduce. λ: {@code FarthestFirst.lower} a block and {@code Farthest.of} as the reduce, a
 *       round a centre. A PDC round: {@code RoundSums.assign} a block with the broadcast {@code
 *       Centres}, {@code RoundSums.merge} as the one reduce, {@code PdcRound.of} on the driver,
 *       until it is settled. An OCC epoch, of {@code Epochs}: {@code OccEpoch.propose} a block,
 *       {@code validate} on the driver, {@code RoundSums.labelled} after the {@code OccPass}.
 *   <li>{@code refine}: {@code CoarseToFine} runs a clustering a λ of the schedule and keeps the
 *       one whose keys (student cluster, problem cluster) {@code ScoredPairs} finds most alike;
 *       then {@code Pruning}, the embedding again, and {@code Blend}.
 *   <li>{@code sample}: {@code Budget} from the sizes of the keys, {@code Sampling.rank} as what a
 *       key's instances are sorted by; {@code Representative} for the baselines.
 *   <li>{@code equity}: {@code StrategyMatch} an instance, sums by student, {@code
 *       PredictiveEquality} on the driver.
 * </ol>
 *
 * <p>{@code classroom} makes up classrooms whose groups, families and strategies are known, for the
 * demo and the tests. Nothing here depends on how data is partitioned: draws are functions of ids
 * ({@code Draws}), sums keep what rounding loses, ties go to the smallest id or the first centre.
 */
package org.millrace.kernel.strategy;
