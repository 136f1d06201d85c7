package io.gemoclap.cli.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static BenchmarkReport report() {
    Map<String, List<Task.Cost>> costs = new LinkedHashMap<>();
    costs.put(Calibration.NAME, List.of(new Task.Cost(1, 0.01), new Task.Cost(1, 0.02)));
    costs.put(Benchmark.LOG_MEL, List.of(new Task.Cost(100, 1), new Task.Cost(100, 2)));
    costs.put("librosa log-mel", List.of(new Task.Cost(100, 3), new Task.Cost(100, 6)));
    costs.put(Benchmark.MFCC, List.of(new Task.Cost(100, 2), new Task.Cost(100, 1)));
    costs.put("librosa mfcc, filters kept", List.of(new Task.Cost(100, 5), new Task.Cost(100, 2)));
    costs.put(Benchmark.LOOP, List.of(new Task.Cost(100, 4), new Task.Cost(100, 8)));
    costs.put(Benchmark.PIPELINE, List.of(new Task.Cost(110, 7.4), new Task.Cost(110, 12.8)));
    costs.put(Benchmark.ONE_CLIP, List.of(new Task.Cost(10, 2.9), new Task.Cost(10, 3.8)));
    return new BenchmarkReport(2, 100, costs);
  }

  private static BenchmarkReport.Series ratio(String name) {
    return report().ratios().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aSlowRoundSlowsBothSidesOfARatio() {
    BenchmarkReport.Series librosa = ratio("librosa log-mel : our log-mel");
    assertEquals(List.of(3.0, 3.0), librosa.values());
    BenchmarkReport.Series mfcc = ratio("librosa mfcc, filters kept : our mfcc");
    assertEquals(List.of(2.5, 2.0), mfcc.values());
  }

  @Test
  void startAndStopOfThePipelineCanBeTakenOut() {
    BenchmarkReport.Series overhead = ratio("the same without start and stop");
    assertEquals(4.5 / 4, overhead.values().get(0), 1e-9);
    assertEquals(9.0 / 8, overhead.values().get(1), 1e-9);
  }

  @Test
  void thePlainLoopIsTheUnitOfTheShares() {
    BenchmarkReport.Series loop =
        report().shares().stream()
            .filter(share -> share.name().equals(Benchmark.LOOP))
            .findFirst()
            .orElseThrow();
    assertEquals(1, loop.min());
    assertEquals(1, loop.max());
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleOnes() {
    BenchmarkReport.Series series =
        new BenchmarkReport.Series("any", List.of(4.0, 1.0, 3.0, 100.0));
    assertEquals(3.5, series.median());
    assertEquals(1, series.min());
    assertEquals(100, series.max());
  }

  @Test
  void theCalibrationLoopIsAUnitAndNoTask() {
    BenchmarkReport.Series logMel = report().calibrated().get(0);
    assertEquals(Benchmark.LOG_MEL, logMel.name());
    assertEquals(List.of(1.0, 1.0), logMel.values());
    List<BenchmarkReport.Series> tasks = report().calibrated();
    assertEquals(tasks.size(), report().rates().size());
    assertEquals(tasks.size(), report().shares().size());
    assertTrue(tasks.stream().noneMatch(task -> task.name().equals(Calibration.NAME)));
  }

  @Test
  void tasksThatBecameSlowerThanTheLimitAreNamed(@TempDir Path folder) throws Exception {
    Path earlier = folder.resolve("earlier.json");
    new ObjectMapper().writeValue(earlier.toFile(), report().toJson());
    assertEquals(List.of(), Calibration.slower(report().calibrated(), earlier));
    List<BenchmarkReport.Series> slower =
        report().calibrated().stream()
            .map(s -> new BenchmarkReport.Series(s.name(), List.of(s.median() * 2.1)))
            .toList();
    List<String> sentences = Calibration.slower(slower, earlier);
    assertEquals(slower.size(), sentences.size());
    assertTrue(sentences.get(0).contains("takes 2.1 times as long as in '" + earlier + "'"));
  }
}
