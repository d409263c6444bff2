package org.millrace.kernel.strategy.classroom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.strategy.classroom.ClassroomOptions.Noise;
import org.millrace.kernel.strategy.classroom.ClassroomOptions.Oddities;
import org.millrace.kernel.strategy.steps.Instance;
import org.millrace.kernel.strategy.steps.Outcome;
import org.millrace.kernel.strategy.steps.Step;
import org.millrace.kernel.strategy.steps.StepLog;

class ClassroomTest {

  private static final ClassroomOptions SMALL = ClassroomOptions.DEFAULT.size(60, 40, 10);

  @Test
  void theDefaultHas24ThousandInstancesAndSome148ThousandSkillSteps() {
    var plays = Classroom.of(ClassroomOptions.DEFAULT).plays().toList();

    assertThat(plays).hasSize(24_000);
    assertThat(plays.stream().mapToInt(p -> p.instance().skills().size()).sum())
        .as("6 skills on average, a twentieth dropped")
        .isBetween(120_000, 160_000);
    assertThat(plays.stream().map(p -> p.instance().skills()).distinct().count())
        .isBetween(5_000L, 8_500L);
  }

  @Test
  void strategiesOfAFamilyHardlyOverlapAndGroupsDifferInHalfOfTheFamilies() {
    for (int seed = 0; seed < 5; seed++) {
      var room = Classroom.of(ClassroomOptions.DEFAULT.seed(seed));

      for (int f = 0; f < 8; f++) {
        for (int s = 0; s < 3; s++) {
          assertThat(room.planted(f, s)).hasSizeBetween(4, 8).doesNotHaveDuplicates();
          for (int t = 0; t < s; t++) {
            var both = new HashSet<>(room.planted(f, s));
            both.retainAll(room.planted(f, t));
            int all = room.planted(f, s).size() + room.planted(f, t).size() - both.size();
            assertThat((double) both.size() / all).isLessThanOrEqualTo(.34);
          }
        }
      }
      for (int g = 0; g < 6; g++) {
        for (int h = 0; h < g; h++) {
          int one = g;
          int other = h;
          assertThat(
                  IntStream.range(0, 8)
                      .filter(f -> room.choice(one, f) != room.choice(other, f))
                      .count())
              .isGreaterThanOrEqualTo(4);
        }
      }
    }
  }

  @Test
  void groupsAndFamiliesAreEquallyFilled() {
    var room = Classroom.of(ClassroomOptions.DEFAULT);

    for (int g = 0; g < 6; g++) {
      int group = g;
      assertThat(Arrays.stream(room.groups()).filter(x -> x == group).count()).isEqualTo(100);
    }
    for (int f = 0; f < 8; f++) {
      int family = f;
      assertThat(Arrays.stream(room.families()).filter(x -> x == family).count()).isEqualTo(20);
    }
  }

  @Test
  void withoutNoiseEveryInstanceIsItsPlantedStrategy() {
    var room = Classroom.of(SMALL.with(Noise.NONE));

    assertThat(room.plays())
        .allSatisfy(
            play -> {
              assertThat(play.strategy()).isEqualTo(room.choice(play.group(), play.family()));
              assertThat(play.instance().skills())
                  .isEqualTo(room.planted(play.family(), play.strategy()));
            });
  }

  @Test
  void noiseIsAsLargeAsItSays() {
    var room = Classroom.of(ClassroomOptions.DEFAULT.with(new Noise(.3, .2, 0)));
    var plays = room.plays().toList();

    long own =
        plays.stream().filter(p -> p.strategy() == room.choice(p.group(), p.family())).count();
    long planted =
        plays.stream().mapToLong(p -> room.planted(p.family(), p.strategy()).size()).sum();
    long kept = plays.stream().mapToLong(p -> p.instance().skills().size()).sum();

    assertThat(own / 24_000.0).as("1 - flip (S - 1) / S").isCloseTo(.8, within(.015));
    assertThat((double) kept / planted).isCloseTo(.8, within(.015));
  }

  @Test
  void studentsAreBetterAtTheirGroupsOwnSkillsAndByLevel() {
    var room = Classroom.of(ClassroomOptions.DEFAULT.with(Noise.NONE));

    var correct =
        room.plays()
            .collect(
                Collectors.groupingBy(
                    Play::level,
                    Collectors.averagingDouble(
                        p ->
                            p.instance().outcomes().stream()
                                .mapToInt(o -> o == Outcome.CORRECT ? 1 : 0)
                                .average()
                                .orElseThrow())));

    assertThat(correct.get(Play.Level.LOW)).isCloseTo(.75, within(.02));
    assertThat(correct.get(Play.Level.MIDDLE)).isCloseTo(.9, within(.02));
    assertThat(correct.get(Play.Level.HIGH)).isCloseTo(.95, within(.02));
  }

  @Test
  void theWrittenLogReadsBackAsTheInstances() throws IOException {
    for (var oddities : List.of(Oddities.NONE, Oddities.ALL)) {
      var options = SMALL.with(oddities);
      var log = new StringBuilder();
      var truth = new StringBuilder();

      StepLogWriter.write(options, log, truth);
      var steps = new ArrayList<Step>();
      StepLog.read(
          new ByteArrayInputStream(log.toString().getBytes(UTF_8)),
          UTF_8,
          null,
          row -> steps.add((Step) row));

      var plays = Classroom.of(options).plays().toList();
      assertThat(sorted(Instance.all(steps)))
          .isEqualTo(sorted(plays.stream().map(Play::instance).toList()));
      assertThat(truth.toString().lines()).hasSize(plays.size() + 1);
      assertThat(truth.toString().lines().skip(1).findFirst().orElseThrow())
          .startsWith(plays.get(0).instance().key().student())
          .endsWith(plays.get(0).level().name());
    }
  }

  private static List<Instance> sorted(List<Instance> instances) {
    return instances.stream().sorted(Comparator.comparing(i -> i.key().toString())).toList();
  }

  @Test
  void odditiesAreThere() {
    var room = Classroom.of(ClassroomOptions.DEFAULT.with(Oddities.ALL));
    var plays = room.plays().toList();

    assertThat(Arrays.stream(room.groups()).filter(g -> g == 5).count()).isEqualTo(6);
    assertThat(plays).anyMatch(p -> p.instance().key().view() == 2);
    assertThat(plays).anyMatch(p -> p.steps().contains(2));
    assertThat(plays).anyMatch(p -> p.instance().outcomes().get(0) == Outcome.UNKNOWN);
    var perStudent =
        plays.stream().collect(Collectors.groupingBy(Play::student, Collectors.counting()));
    assertThat(perStudent.values().stream().mapToLong(n -> n).max().orElseThrow())
        .isGreaterThan(10 * perStudent.values().stream().sorted().toList().get(300));
  }

  @Test
  void sameOptionsSameClassroom() {
    var one = Classroom.of(SMALL).plays(7);

    assertThat(Classroom.of(SMALL).plays(7)).isEqualTo(one);
    assertThat(Classroom.of(SMALL.seed(43)).plays(7)).isNotEqualTo(one);
    assertThatThrownBy(() -> SMALL.size(3, 40, 10)).hasMessageContaining("a student a group");
  }
}
