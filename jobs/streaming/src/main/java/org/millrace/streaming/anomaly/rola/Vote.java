package org.millrace.streaming.anomaly.rola;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which flagged variables are confirmed by those that usually move with them. A variable has a vote
 * on another if their correlation is strong; a flagged variable is confirmed if more of them,
 * itself included, are flagged than not. A tie confirms nothing.
 *
 * @param strong |r| above which two variables are partners; the paper has 0.95
 * @param minPairs pairs below which a correlation counts for nothing
 */
public record Vote(double strong, int minPairs) {

  /** The correlation of two variables, by their numbers. */
  public interface Relation {
    Correlation between(int one, int other);
  }

  /**
   * A partner's vote.
   *
   * @param of the flagged variable
   * @param by its partner
   * @param agreed whether the partner was flagged too
   */
  public record Partner(int of, int by, Correlation correlation, boolean agreed) {}

  /**
   * What was voted.
   *
   * @param confirmed flagged variables with a majority, and the partners that made it
   * @param alone flagged variables without a partner
   * @param partners the votes on the confirmed
   */
  public record Result(BitSet confirmed, BitSet alone, List<Partner> partners) {}

  /**
   * Counts.
   *
   * @param flagged the variables to vote on
   * @param agreeing the variables that agree with any partner
   * @param voting the variables that have a vote at all
   */
  public Result count(BitSet flagged, BitSet agreeing, BitSet voting, Relation relation) {
    var confirmed = new BitSet();
    var alone = new BitSet();
    var partners = new ArrayList<Partner>();
    flagged.stream()
        .forEach(
            of -> {
              var votes = votes(of, agreeing, voting, relation);
              long agree = 1 + votes.stream().filter(Partner::agreed).count();
              long disagree = 1 + votes.size() - agree;
              if (votes.isEmpty()) {
                alone.set(of);
              } else if (agree > disagree) {
                confirmed.set(of);
                votes.stream().filter(Partner::agreed).forEach(vote -> confirmed.set(vote.by()));
                partners.addAll(votes);
              }
            });
    return new Result(confirmed, alone, partners);
  }

  private List<Partner> votes(int of, BitSet agreeing, BitSet voting, Relation relation) {
    var votes = new ArrayList<Partner>();
    voting.stream()
        .filter(by -> by != of)
        .forEach(
            by -> {
              var correlation = relation.between(of, by);
              if (correlation.n() >= minPairs && Math.abs(correlation.r()) > strong) {
                votes.add(new Partner(of, by, correlation, agreeing.get(by)));
              }
            });
    return votes;
  }
}
