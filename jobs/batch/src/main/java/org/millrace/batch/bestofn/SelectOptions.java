package org.millrace.batch.bestofn;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.millrace.kernel.bestofn.MissingVotes;
import org.millrace.kernel.bestofn.Normalization;
import org.millrace.kernel.bestofn.Rule;
import org.millrace.kernel.bestofn.StepScores;
import org.millrace.kernel.bestofn.Ties;

/**
 * How {@code select} estimates and chooses.
 *
 * @param ks samples a prompt to report, ascending, each at least 1
 * @param ties who wins a vote that ends in a tie, for choices and file-order curves
 * @param ragged what to do with prompts of fewer than k samples
 * @param steps how step scores become one score
 * @param missingVotes what a missing vote counts
 * @param votes how many votes of each sample count, from the first; at least 1
 * @param voteCounts further numbers of votes to draw curves for, ascending; the compute-matched
 *     comparison is over them
 * @param lambda cost of a vote in samples, at least 0
 * @param normalization of the weights of a weighted vote
 * @param bordaPower exponent of Borda weights, above 0
 * @param topShare share of the samples that votes in a filtered majority, above 0 to 1
 * @param shortM how many of the shortest samples vote in short-m, ascending
 */
public record SelectOptions(
    List<Integer> ks,
    Ties ties,
    Ragged ragged,
    StepScores steps,
    MissingVotes missingVotes,
    int votes,
    List<Integer> voteCounts,
    double lambda,
    Normalization normalization,
    double bordaPower,
    double topShare,
    List<Integer> shortM) {

  /** What to do at k with a prompt that has fewer than k samples. */
  public enum Ragged {
    /** Leave it out of that k; the count is reported. */
    DROP,
    /** Take all of its samples. */
    CLIP,
    /** Fill it up to the largest number of samples of any prompt with wrong ones. */
    PAD
  }

  public SelectOptions {
    ks = List.copyOf(ks);
    requireNonNull(ties, "ties is null");
    requireNonNull(ragged, "ragged is null");
    requireNonNull(steps, "steps is null");
    requireNonNull(missingVotes, "missingVotes is null");
    voteCounts = List.copyOf(voteCounts);
    requireNonNull(normalization, "normalization is null");
    shortM = List.copyOf(shortM);
  }

  /** The defaults of the command. */
  public static SelectOptions defaults(List<Integer> ks) {
    return new SelectOptions(
        ks,
        Ties.SHARED,
        Ragged.DROP,
        StepScores.LAST,
        MissingVotes.LEFT_OUT,
        Integer.MAX_VALUE,
        List.of(),
        1,
        Normalization.NONE,
        0.5,
        Rule.FilteredMajority.DEFAULT_TOP,
        List.of(1, 3));
  }

  SelectOptions withKs(List<Integer> other) {
    return new SelectOptions(
        other,
        ties,
        ragged,
        steps,
        missingVotes,
        votes,
        voteCounts,
        lambda,
        normalization,
        bordaPower,
        topShare,
        shortM);
  }
}
