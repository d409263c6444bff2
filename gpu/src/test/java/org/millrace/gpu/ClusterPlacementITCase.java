package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.strategies.cluster.DpMeansSettings;
import org.millrace.batch.strategies.cluster.LambdaChoice;
import org.millrace.batch.strategies.cluster.SparkDpMeans;
import org.millrace.batch.strategies.cluster.SpreadPoints;
import org.millrace.udf.Functions;

/** The tables of a clustering, built-in SQL and one function, stay on the GPU. */
class ClusterPlacementITCase {

  @TempDir static Path folder;

  private static Dataset<Row> vectors;

  @BeforeAll
  static void writeVectors() {
    var path = folder.resolve("vectors").toString();
    var session = Sessions.local().newSession();
    // The registry leaves it out where the jar was built without nvcc.
    Functions.register(
        session,
        name ->
            name.equals("nearest_centroid")
                ? Optional.of(new RapidsNearestCentroid())
                : Optional.empty());
    session.sql("select id, array(float(id % 4), 1F) vector from range(20)").write().parquet(path);
    vectors = session.read().parquet(path);
  }

  @Test
  void labelsAndDistances() {
    var found = SparkDpMeans.of(vectors, DpMeansSettings.of(LambdaChoice.clusters(4)).starts(1));

    assertThat(Placement.of(found.labels()).notOnGpu()).isEmpty();
    assertThat(found.labels().count()).isEqualTo(20);
  }

  @Test
  void whatIsAndWhatIsNotClustered() {
    try (var points = SpreadPoints.of(vectors)) {
      assertThat(Placement.of(points.accepted()).notOnGpu()).isEmpty();
      assertThat(Placement.of(points.rejected()).notOnGpu()).isEmpty();
    }
  }
}
