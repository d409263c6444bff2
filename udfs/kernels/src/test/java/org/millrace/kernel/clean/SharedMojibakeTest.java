package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real Chinese text has nothing to repair. */
class SharedMojibakeTest {

  @ParameterizedTest
  @EnumSource
  void leavesRealTextAlone(SharedText file) {
    for (var text : file.documents()) {
      var repair = Mojibake.repair(text);

      assertThat(repair.text()).isSameAs(text);
    }
  }
}
