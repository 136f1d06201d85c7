package io.gemoclap.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every stratum gets two segments, and the others go where a segment stands for most. */
final class StrataTest {
  private static Strata plan(Map<String, Long> groups, int n) {
    return Strata.plan(new TreeMap<>(groups), n);
  }

  private static int sampled(Strata strata) {
    return strata.list().stream().mapToInt(Stratum::sample).sum();
  }

  @Test
  void eachGroupIsAStratumAndGetsAboutItsShare() {
    Strata strata = plan(Map.of("anger", 5_000L, "fear", 3_000L, "joy", 2_000L, "rare", 7L), 50);
    assertEquals(
        List.of(
            new Stratum("anger", "anger", 5_000, 24),
            new Stratum("fear", "fear", 3_000, 14),
            new Stratum("joy", "joy", 2_000, 10),
            new Stratum("rare", "rare", 7, 2)),
        strata.list());
  }

  @Test
  void aStratumNeverGetsMoreThanItHas() {
    Strata strata = plan(Map.of("a", 1L, "b", 3L, "c", 6L), 10);
    assertEquals(List.of(1, 3, 6), strata.list().stream().map(Stratum::sample).toList());
  }

  @Test
  void neighboursShareStrataIfThereAreTooManyGroups() {
    TreeMap<String, Long> groups = new TreeMap<>();
    IntStream.range(0, 1000).forEach(i -> groups.put("tape-%04d".formatted(i), 1L + i % 7));
    Strata strata = Strata.plan(groups, 20);
    assertEquals(10, strata.list().size());
    assertEquals(20, sampled(strata));
    long all = groups.values().stream().mapToLong(Long::longValue).sum();
    assertEquals(all, strata.list().stream().mapToLong(Stratum::size).sum());
    for (Stratum stratum : strata.list()) {
      assertEquals(all / 10.0, (double) stratum.size(), 8);
      assertEquals(2, stratum.sample());
    }
    assertTrue(strata.list().get(0).name().startsWith("tape-0000 … tape-0"));
    long[] sizes = new long[10];
    groups.forEach((group, size) -> sizes[strata.index(group)] += size);
    assertEquals(
        strata.list().stream().map(Stratum::size).toList(),
        IntStream.range(0, 10).mapToObj(h -> sizes[h]).toList());
  }

  @Test
  void oneLargeGroupAmongManyKeepsAllSegments() {
    TreeMap<String, Long> groups = new TreeMap<>();
    IntStream.range(0, 100).forEach(i -> groups.put("g%02d".formatted(i), i == 50 ? 9_901L : 1L));
    Strata strata = Strata.plan(groups, 10);
    assertEquals(10_000, strata.list().stream().mapToLong(Stratum::size).sum());
    assertEquals(10, sampled(strata));
    assertTrue(strata.list().size() <= 5);
  }

  @Test
  void withoutRandomSegmentsThereAreNoStrata() {
    assertEquals(List.of(), plan(Map.of("a", 9L), 0).list());
    assertEquals(
        List.of(new Stratum("a … b", "a", 18, 1)), plan(Map.of("a", 9L, "b", 9L), 1).list());
  }
}
