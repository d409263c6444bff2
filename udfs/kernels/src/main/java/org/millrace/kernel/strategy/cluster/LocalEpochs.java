package org.millrace.kernel.strategy.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Points of this process, in epochs of a block each. */
final class LocalEpochs implements Epochs {

  private final List<Points> epochs = new ArrayList<>();

  LocalEpochs(Points points, int epoch) {
    for (int from = 0; from < points.size(); from += epoch) {
      epochs.add(points.part(from, Math.min(points.size(), from + epoch)));
    }
  }

  @Override
  public int count() {
    return epochs.size();
  }

  @Override
  public List<OccEpoch.Proposal> propose(int epoch, Centres centres, double lambda) {
    var points = epochs.get(epoch);
    return OccEpoch.propose(points, centres, lambda, new int[points.size()]);
  }

  @Override
  public RoundSums labelled(OccPass pass) {
    return IntStream.range(0, epochs.size())
        .mapToObj(e -> RoundSums.labelled(epochs.get(e), pass.centres(), labels(pass, e)))
        .reduce(RoundSums::merge)
        .orElseThrow();
  }

  private int[] labels(OccPass pass, int epoch) {
    return pass.labels(epoch, epochs.get(epoch));
  }

  /** The labels of all points, epoch after epoch. */
  int[] labels(OccPass pass) {
    return IntStream.range(0, epochs.size())
        .mapToObj(e -> labels(pass, e))
        .flatMapToInt(Arrays::stream)
        .toArray();
  }
}
