package org.millrace.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.millrace.schema.RunManifest;

class OutputPlanTest {

  private static RunManifest run(String n, String started) {
    var clock = Clock.fixed(Instant.parse(started), ZoneOffset.UTC);
    return Manifests.start("mill", Map.of("n", n), Set.of(), List.of(), "none", clock);
  }

  private final RunManifest before = run("1", "2026-01-01T00:00:00Z");
  private final RunManifest now = run("1", "2026-01-02T00:00:00Z");

  private record Found(boolean isEmpty, Optional<byte[]> manifest) implements OutputPlan.Folder {}

  private static final Found EMPTY = new Found(true, Optional.empty());
  private static final Found FOREIGN = new Found(false, Optional.empty());

  private Found ours() {
    return new Found(false, Optional.of(Manifests.json(before).getBytes(StandardCharsets.UTF_8)));
  }

  private OutputPlan plan(Found found, Mode mode) throws IOException {
    return OutputPlan.of("out", found, mode, now);
  }

  @Test
  void anEmptyFolderIsStartedInWhateverTheMode() throws IOException {
    for (var mode : Mode.values()) {
      assertThat(plan(EMPTY, mode)).isEqualTo(OutputPlan.START);
    }
  }

  @Test
  void createRefusesWhatIsNotEmpty() {
    assertThatThrownBy(() -> plan(ours(), Mode.CREATE))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--output out is not empty; ");
  }

  @Test
  void filesOfOthersAreNeverDeleted() {
    for (var mode : List.of(Mode.OVERWRITE, Mode.RESUME)) {
      assertThatThrownBy(() -> plan(FOREIGN, mode))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("no run of ours wrote");
    }
  }

  @Test
  void overwriteStartsAnew() throws IOException {
    assertThat(plan(ours(), Mode.OVERWRITE)).isEqualTo(OutputPlan.START);
    assertThat(now.getStarted()).isEqualTo("2026-01-02T00:00:00Z");
  }

  @Test
  void aRunThatWasCutShortGoesOnAndKeepsItsStart() throws IOException {
    assertThat(plan(ours(), Mode.RESUME)).isEqualTo(OutputPlan.RESUME);
    assertThat(now.getStarted()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void aRunThatIsDoneIsLeftAlone() throws IOException {
    before.setStatus("done");

    assertThat(plan(ours(), Mode.RESUME)).isEqualTo(OutputPlan.NOTHING_LEFT);
  }

  @Test
  void anotherRunIsNotGoneOnWith() {
    before.setFingerprint(run("2", "2026-01-01T00:00:00Z").getFingerprint());

    assertThatThrownBy(() -> plan(ours(), Mode.RESUME))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("or with other options or inputs");
  }
}
