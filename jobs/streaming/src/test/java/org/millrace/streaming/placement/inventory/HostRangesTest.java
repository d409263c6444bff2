package org.millrace.streaming.placement.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRangesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n1|n1",
        "[1101-1102]|1101 1102",
        "srv11[08-10]|srv1108 srv1109 srv1110",
        "I[21-22]|I21 I22",
        "abc[0482,0507-0509]|abc0482 abc0507 abc0508 abc0509",
        "xyz[8-10]|xyz8 xyz9 xyz10",
        "a[1-2]b[03-04]c|a1b03c a1b04c a2b03c a2b04c",
        "n[1-2],m3|n1 n2 m3",
        "n[7-7]|n7",
      })
  void rangesAreWrittenOut(String text, String hosts) {
    assertThat(HostRanges.expand(text)).containsExactly(hosts.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n[1-2|has a bracket that is not closed",
        "n1-2]|has a bracket too many",
        "n[[1]]|has a bracket too many",
        "n[2-1]|has the range 2-1 that ends before it begins",
        "n[a-b]|has 'a' where a number should be",
        "n[]|has '' where a number should be",
        "n[-1]|has '' where a number should be",
        "n[1-9999999999]|has '9999999999' where a number should be",
        "n[1-2000000]|means more than 1000000 hosts",
        "n[0-9999]m[0-9999]|means more than 1000000 hosts",
        "n1,,n2|names a host without a name",
      })
  void brokenRangesAreRefused(String text, String problem) {
    assertThatThrownBy(() -> HostRanges.expand(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' %s; write hosts like srv[01-08]".formatted(text, problem));
  }

  @Property
  void anyTextIsHostsOrRefused(
      @ForAll
          @StringLength(max = 12)
          @CharRange(from = ',', to = '9')
          @CharRange(from = '[', to = ']')
          String text) {
    List<String> hosts;
    try {
      hosts = HostRanges.expand(text);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
      return;
    }

    assertThat(hosts).isNotEmpty().noneMatch(host -> host.isEmpty() || host.contains("["));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n1|n1",
        "n1 n2 n3 n8|n[1-3,8]",
        "abc0507 abc0509 def abc0482 abc0508|abc[0482,0507-0509],def",
        "xyz8 xyz9 xyz10|xyz[8-9],xyz10",
        "1101 1102|[1101-1102]",
        "a1b2 a1b3 a2b1|a1b[2-3],a2b1",
      })
  void hostsAreWrittenShort(String hosts, String text) {
    assertThat(HostRanges.compact(List.of(hosts.split(" ")))).isEqualTo(text);
  }

  @Property
  void shortFormMeansTheSameHosts(
      @ForAll @Size(min = 1, max = 30) Set<@From("host") String> hosts) {
    assertThat(HostRanges.expand(HostRanges.compact(hosts)))
        .containsExactlyInAnyOrderElementsOf(hosts);
  }

  @Provide
  Arbitrary<String> host() {
    return Combinators.combine(
            Arbitraries.of("", "n", "gpu-", "r1c", "x٣"),
            Arbitraries.strings().numeric().ofMaxLength(12))
        .as(String::concat)
        .filter(name -> !name.isEmpty());
  }
}
