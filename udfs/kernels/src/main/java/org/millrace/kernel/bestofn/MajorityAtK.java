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
 * with equal counts have equal chances, so each count is worked out once.
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
    // Few of the counts from 1 to n occur.
    var counts = new int[n];
    int distinct = 0;
    for (int count = 1; count <= n; count++) {
      if (having[count] > 0) {
        counts[distinct++] = count;
      }
    }
    counts = Arrays.copyOf(counts, distinct);
    for (int count : counts) {
      if (creditOf[count] == 0) {
        continue;
      }
      having[count]--;
      for (int t = 1; t <= Math.min(most, count); t++) {
        double self = creditOf[count] * ways.of(count)[t];
        addWinsWith(t, self, values, ks, n, silent, counts, having, ways);
      }
      having[count]++;
    }
  }

  /** Adds the subsets in which the answer wins, alone or tied, with t votes. */
  private static void addWinsWith(
      int t,
      double self,
      double[] values,
      int[] ks,
      int n,
      int silent,
      int[] counts,
      int[] having,
      Ways ways) {
    int free = silent;
    int rivals = 0;
    for (int c : counts) {
      if (c < t) {
        free += c * having[c];
      } else {
        rivals += having[c];
      }
    }
    // product[e][d]: e rivals tied at t, all rivals together with d votes.
    var product = new double[rivals + 1][rivals * t + 1];
    product[0][0] = 1;
    int done = 0;
    for (int c : counts) {
      for (int times = 0; c >= t && times < having[c]; times++) {
        multiply(product, done++, t, ways.of(c));
      }
    }
    var others = ways.of(free);
    for (int i = 0; i < ks.length; i++) {
      int left = ks[i] - t;
      if (left < 0 || !drawable(ks[i], n)) {
        continue;
      }
      double sum = 0;
      for (int e = 0; e <= rivals; e++) {
        double subsets = 0;
        int to = Math.min(left, e * t + (rivals - e) * (t - 1));
        for (int d = Math.max(e * t, left - free); d <= to; d++) {
          subsets += product[e][d] * others[left - d];
        }
        sum += subsets / (1 + e);
      }
      values[i] += self * sum;
    }
  }

  /** Takes one more rival, drawn in these ways, into the product of {@code done} rivals. */
  private static void multiply(double[][] product, int done, int t, double[] ways) {
    double tied = ways[t];
    for (int e = done; e >= 0; e--) {
      int from = e * t;
      int to = from + (done - e) * (t - 1);
      var row = product[e];
      var next = product[e + 1];
      for (int d = from; d <= to; d++) {
        next[d + t] += row[d] * tied;
      }
      // In place from the top: each new coefficient needs only lower old ones.
      for (int d = to + t - 1; d >= from; d--) {
        double sum = 0;
        for (int j = Math.max(0, d - to); j < t && d - j >= from; j++) {
          sum += row[d - j] * ways[j];
        }
        row[d] = sum;
      }
    }
  }
}
