package org.millrace.batch.strategies.cluster;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.millrace.kernel.strategy.cluster.Centres;
import org.millrace.kernel.strategy.cluster.Epochs;
import org.millrace.kernel.strategy.cluster.OccEpoch;
import org.millrace.kernel.strategy.cluster.OccPass;
import org.millrace.kernel.strategy.cluster.Points;
import org.millrace.kernel.strategy.cluster.RoundSums;
import scala.Function1;

/** Partitions of which so many in a row are an epoch; a job an epoch, on those alone. */
final class SpreadEpochs implements Epochs {

  private final JavaRDD<Points> blocks;
  private final JavaSparkContext context;
  private final EpochPlan plan;
  private final int count;

  SpreadEpochs(JavaRDD<Points> blocks, EpochPlan plan, long points) {
    this.blocks = blocks;
    this.plan = plan;
    context = JavaSparkContext.fromSparkContext(blocks.context());
    count = plan.epochs(points);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public List<OccEpoch.Proposal> propose(int epoch, Centres centres, double lambda) {
    int slices = plan.slices();
    var ofEpoch =
        (Function1<Object, Object> & Serializable) place -> (Integer) place / slices == epoch;
    var shared = context.broadcast(centres);
    try {
      return PartitionPruningRDD.create(blocks.rdd(), ofEpoch)
          .toJavaRDD()
          .flatMap(
              points ->
                  OccEpoch.propose(points, shared.value(), lambda, new int[points.size()])
                      .iterator())
          .collect();
    } finally {
      shared.destroy();
    }
  }

  @Override
  public RoundSums labelled(OccPass pass) {
    int slices = plan.slices();
    var shared = context.broadcast(pass);
    try {
      return SpreadPoints.sums(
          blocks,
          pass.centres(),
          points -> {
            int epoch = TaskContext.getPartitionId() / slices;
            var labels = shared.value().labels(epoch, points);
            return RoundSums.labelled(points, shared.value().centres(), labels);
          });
    } finally {
      shared.destroy();
    }
  }
}
