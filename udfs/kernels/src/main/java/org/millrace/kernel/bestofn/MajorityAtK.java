package org.millrace.kernel.bestofn;

import java.util.Arrays;

/**
 * Exact majority@k, tied answers sharing the credit: the expected credit of the most frequent
 * answer of a uniformly drawn k-subset.
 *
 * <p>For an answer R with c_R samples that gets t votes, the other answers g have at most t: the
 * number of subsets in which e of them tie is the coefficient of z^(k-t) u^e in the product of
 * (sum_{j&lt;t} C(c_g,j) z^j + u C(c_g,t) z^t), and R's share is 1/(1+e). Answers with fewer than t
 * samples and samples without an answer put no bound on their number: together (1+z)^M. Answers
 * with equal counts have equal chances, so they count as one with their mean credit. The sum over
 * all R takes one pass over the answers for each t, as the derivative of a product does.
 */
public final class MajorityAtK {

  private MajorityAtK() {}

  /** The weights of drawing 0 to c of c samples. */
  private interface Ways {
    double[] of(int c);
  }

  /**
   * The curve of one prompt.
   *
   * @param answers number of each sample's answer, from 0 by first appearance; {@link Answers#NONE}
   *     for no vote
   * @param credits truth of each sample, 0 to 1; an answer's credit is the mean of its samples'
   * @param ks numbers of samples, each at least 1
   * @return expected credit for each k, NaN where k is more than the samples
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public static double[] curve(int[] answers, double[] credits, int[] ks) {
    if (answers.length != credits.length) {
      throw new IllegalArgumentException(
          "answers and credits differ in length: " + answers.length + ", " + credits.length);
    }
    int n = answers.length;
    var counts = new int[Answers.distinct(answers)];
    var credit = new double[counts.length];
    int silent = 0;
    for (int i = 0; i < n; i++) {
      if (answers[i] == Answers.NONE) {
        silent++;
      } else {
        counts[answers[i]]++;
        credit[answers[i]] += credits[i];
      }
    }
    // Mean credits summed over the answers of equal count; how many have that count.
    var creditOf = new double[n + 1];
    var having = new int[n + 1];
    for (int g = 0; g < counts.length; g++) {
      if (counts[g] > 0) {
        creditOf[counts[g]] += credit[g] / counts[g];
        having[counts[g]]++;
      }
    }
    var values = new double[ks.length];
    if (n <= Binomials.EXACT_TO) {
      add(values, ks, n, silent, having, creditOf, Binomials::row);
      for (int i = 0; i < ks.length; i++) {
        values[i] = drawable(ks[i], n) ? values[i] / Binomials.row(n)[ks[i]] : Double.NaN;
      }
    } else {
      for (int i = 0; i < ks.length; i++) {
        values[i] = drawable(ks[i], n) ? tilted(ks[i], n, silent, having, creditOf) : Double.NaN;
      }
    }
    return values;
  }

  private static boolean drawable(int k, int n) {
    return k >= 1 && k <= n;
  }

  /** One k of many samples: coefficients times p^j (1-p)^(c-j) with p = k/n stay near 1. */
  private static double tilted(int k, int n, int silent, int[] having, double[] creditOf) {
    double p = (double) k / n;
    double logP = Math.log(p);
    double logQ = k == n ? 0 : Math.log1p(-p);
    var rows = new double[n + 1][];
    Ways ways =
        c -> {
          if (rows[c] == null) {
            rows[c] = new double[c + 1];
            for (int j = k == n ? c : 0; j <= c; j++) {
              rows[c][j] = Math.exp(Binomials.logChoose(c, j) + j * logP + (c - j) * logQ);
            }
          }
          return rows[c];
        };
    var value = new double[1];
    add(value, new int[] {k}, n, silent, having, creditOf, ways);
    return value[0] / ways.of(n)[k];
  }

  private static void add(
      double[] values, int[] ks, int n, int silent, int[] having, double[] creditOf, Ways ways) {
    int most = 0;
    for (int k : ks) {
      most = drawable(k, n) ? Math.max(most, k) : most;
    }
    // Few of the counts from 1 to n occur. Those without credit come first: see Wins.
    var counts = new int[n];
    int distinct = 0;
    for (int credited = 0; credited <= 1; credited++) {
      for (int count = 1; count <= n; count++) {
        if (having[count] > 0 && creditOf[count] != 0 == (credited == 1)) {
          counts[distinct++] = count;
        }
      }
    }
    counts = Arrays.copyOf(counts, distinct);
    int largest = Arrays.stream(counts).max().orElse(0);
    for (int t = 1; t <= Math.min(most, largest); t++) {
      int free = silent;
      int rivals = 0;
      for (int c : counts) {
        free += c < t ? c * having[c] : 0;
        rivals += c < t ? 0 : having[c];
      }
      var wins = new Wins(t, most - t, rivals);
      for (int c : counts) {
        for (int times = 0; c >= t && times < having[c]; times++) {
          wins.take(ways.of(c), creditOf[c] / having[c]);
        }
      }
      wins.addTo(values, ks, n, free, ways.of(free));
    }
  }

  /**
   * The subsets in which the most frequent answer has t votes, answer after answer: how many there
   * are by the number e of tied answers and the number d of their votes, where no answer won yet,
   * and the credit of those where one did (its own t votes and itself not counted in d and e).
   */
  private static final class Wins {
    private final int t;
    private final int room;
    private final int answers;
    private final double[][] open;
    private final double[][] won;
    private int done;
    private boolean any;

    /**
     * @param room votes that the other answers can have at most
     * @param answers how many answers will be taken
     */
    Wins(int t, int room, int answers) {
      this.t = t;
      this.answers = answers;
      // A winner has the others as rivals; what is left open at the end is of no use.
      this.room = Math.min(room, (answers - 1) * t);
      int tied = this.room / t;
      open = new double[tied + 1][this.room + 1];
      won = new double[tied + 1][this.room + 1];
      open[0][0] = 1;
    }

    /** Takes one more answer, its votes drawn in these ways. */
    void take(double[] ways, double credit) {
      if (any) {
        multiply(won, ways);
      }
      if (credit != 0) {
        any = true;
        double own = credit * ways[t];
        for (int e = 0; e <= Math.min(done, open.length - 1); e++) {
          for (int d = e * t; d <= top(e); d++) {
            won[e][d] += open[e][d] * own;
          }
        }
      }
      if (done + 1 < answers) {
        multiply(open, ways);
      }
      done++;
    }

    /** The most votes that e tied answers and the other ones can have. */
    private int top(int e) {
      return Math.min(room, e * t + (done - e) * (t - 1));
    }

    private void multiply(double[][] rows, double[] ways) {
      for (int e = Math.min(done, rows.length - 1); e >= 0; e--) {
        var row = rows[e];
        int to = top(e);
        if (e + 1 < rows.length) {
          var next = rows[e + 1];
          for (int d = e * t; d <= Math.min(to, room - t); d++) {
            next[d + t] += row[d] * ways[t];
          }
        }
        // In place from the top: each new coefficient needs only lower old ones.
        for (int d = Math.min(room, to + t - 1); d >= e * t; d--) {
          double sum = 0;
          int most = Math.min(t - 1, d - e * t);
          for (int j = Math.max(0, d - to); j <= most; j++) {
            sum += row[d - j] * ways[j];
          }
          row[d] = sum;
        }
      }
    }

    /** Adds the credit at each k, the other samples being drawn from the free ones. */
    void addTo(double[] values, int[] ks, int n, int free, double[] others) {
      for (int i = 0; any && i < ks.length; i++) {
        int left = ks[i] - t;
        if (left < 0 || !drawable(ks[i], n)) {
          continue;
        }
        for (int e = 0; e < won.length; e++) {
          double subsets = 0;
          for (int d = Math.max(e * t, left - free); d <= Math.min(left, top(e)); d++) {
            subsets += won[e][d] * others[left - d];
          }
          values[i] += subsets / (1 + e);
        }
      }
    }
  }
}
