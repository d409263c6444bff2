package org.millrace.batch.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedModelsTest {

  private static final Embed TASK = new Embed(Pooling.MEAN);

  private final AtomicInteger opened = new AtomicInteger();
  private ModelSpec spec;

  @BeforeEach
  void writeModel(@TempDir Path folder) {
    OnnxFile.lookup(new float[][] {{1}, {1}}).write(folder, WordTokens.json("a"));
    spec = new ModelSpec(new ModelFolder(folder.toString()), 8);
  }

  private SharedModels models(Duration linger) {
    return new SharedModels(
        spec -> {
          opened.incrementAndGet();
          return TextModel.open(spec);
        },
        linger);
  }

  @Test
  void allWhoLeaseItAtOnceHaveOneModel() {
    var models = models(Duration.ZERO);

    try (var one = models.of(spec);
        var two = models.of(new ModelSpec(spec.source(), 8))) {

      assertThat(one.model()).isSameAs(two.model());
      assertThat(opened).hasValue(1);
    }
  }

  @Test
  void itIsClosedWithTheLastLeaseAndOpenedAgainForTheNext() {
    var models = models(Duration.ZERO);
    var one = models.of(spec);
    var two = models.of(spec);
    var model = one.model();

    one.close();
    one.close();
    assertThat(model.apply(TASK, "a").value()).containsExactly(1);

    two.close();
    assertThatThrownBy(() -> model.apply(TASK, "a")).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(two::model).hasMessageContaining("is closed");

    try (var three = models.of(spec)) {
      assertThat(three.model().apply(TASK, "a").value()).containsExactly(1);
      assertThat(opened).hasValue(2);
    }
  }

  @Test
  void aModelThatLingersServesTheNextTask() {
    var models = models(Duration.ofHours(1));

    models.of(spec).close();
    models.of(spec).close();

    assertThat(opened).hasValue(1);
  }

  @Test
  void anIdleModelIsClosedAfterAWhile() {
    var models = models(Duration.ofMillis(20));
    var lease = models.of(spec);
    var model = lease.model();

    lease.close();

    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> model.apply(TASK, "a"))
                    .isInstanceOf(RuntimeException.class));
  }

  @Test
  void aModelThatCantBeOpenedCanBeAskedForAgain() {
    var models = models(Duration.ZERO);
    var missing = new ModelSpec(new ModelFolder("/nowhere"), 8);

    assertThatThrownBy(() -> models.of(missing)).hasMessageContaining("/nowhere");
    assertThatThrownBy(() -> models.of(missing)).hasMessageContaining("/nowhere");
    assertThat(opened).hasValue(2);
  }
}
