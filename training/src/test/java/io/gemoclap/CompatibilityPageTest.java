package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;

/** docs/compatibility.md: versions of the POM, and the tests that run with them. */
final class CompatibilityPageTest {
  private static final String PAGE = "docs/compatibility.md";
  private static final String EXPECTED = "expected to work, not run";
  private static final String FAILS = "does not work";

  private static String tested(String tests) {
    return "tested: " + tests;
  }

  private static List<String> table(String heads, List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(heads);
    lines.add("|---".repeat(rows.get(0).size()) + "|");
    rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
    return lines;
  }

  private static List<List<String>> versions(Pom pom) {
    String java = pom.property("maven.compiler.release");
    String beam = pom.property("beam.version");
    String parquet = pom.property("beam.parquet.version");
    String runner = pom.artifact("beam-runners-flink-").replace("beam-runners-flink-", "");
    String flink = EnvironmentInformation.getVersion();
    assertTrue(flink.startsWith(runner + "."), flink + " is no " + runner);
    String cuda = pom.ofProfile("cuda", "pytorch.native").replaceAll(".*-cu(\\d+)(\\d)", "$1.$2");
    return List.of(
        List.of("Java", "older than " + java, FAILS + ": the classes are compiled for " + java),
        List.of("Java", java, tested("all")),
        List.of("Java", "18 to 24", EXPECTED + "; [24 and newer](flink.md#java-24-and-newer)"),
        List.of(
            "Java",
            "25",
            "tested by hand (`-Djvm=<java of JDK 25>`): unit tests, examples, 15 classes of"
                + " integration tests, `annotate` on Flink inside the process"),
        List.of("Apache Beam", beam + ", its Parquet module " + parquet, tested("all")),
        List.of("Apache Beam", "other 2.x", "not run; Beam's schemas and Flink runner change"),
        List.of(
            "Apache Flink",
            flink + ", in the process",
            tested("`EmbeddedFlinkIT`, `FlinkParityIT`")),
        List.of(
            "Apache Flink",
            flink + ", session cluster and application mode",
            tested("`SessionClusterIT`, `ApplicationModeIT`, `StreamingFaultsIT`")),
        List.of("Apache Flink", runner + " on Kubernetes, by the operator", EXPECTED),
        List.of(
            "Apache Flink",
            "not " + runner,
            FAILS + ": Beam has another runner for each minor version"),
        List.of(
            "portable API on Flink, workers from `gemoclap-expansion.jar`",
            "Beam " + beam + ", Flink " + flink,
            tested("`ExpansionServiceIT`")),
        List.of("DirectRunner", beam, tested("unit and integration tests")),
        List.of("other runners", "of Beam " + beam, EXPECTED),
        List.of("[Beam YAML and Python](languages.md)", beam, EXPECTED),
        List.of(
            "Kafka clients and broker",
            pom.property("kafka.version"),
            tested("`KafkaAnnotationIT`, `RefreshIT`")),
        List.of("Hadoop (`hdfs://`)", pom.property("hadoop.version"), tested("`HdfsIT`")),
        List.of(
            "`s3://`, `gs://`", "modules of Beam " + beam, EXPECTED + "; the artifacts resolve"),
        List.of(
            "PyTorch for processors",
            pom.property("pytorch.version") + ", DJL " + pom.property("djl.version"),
            tested("all")),
        List.of(
            "PyTorch for GPUs (profile `cuda`), Linux on x86-64",
            pom.ofProfile("cuda", "pytorch.version")
                + ", CUDA "
                + cuda
                + ", DJL "
                + pom.ofProfile("cuda", "djl.version"),
            EXPECTED + "; `--gpu` [ran](performance.md#on-a-gpu) with PyTorch 2.11 for CUDA 13.0"));
  }

  private static List<List<String>> platforms(Pom pom) {
    List<List<String>> rows = new ArrayList<>();
    for (String platform : pom.platforms()) {
      String machine =
          switch (platform) {
            case "linux-x86_64" -> "Linux with glibc on x86-64";
            case "linux-aarch64" -> "Linux with glibc on 64-bit Arm";
            case "macosx-arm64" -> "macOS on Apple silicon";
            default -> throw new IllegalStateException("No name for " + platform);
          };
      rows.add(
          List.of(
              "`" + platform + "`",
              machine,
              platform.equals(pom.property("natives"))
                  ? tested("all")
                  : EXPECTED + "; the artifacts resolve"));
    }
    rows.add(List.of("–", "Windows, Linux with musl, macOS on Intel", FAILS));
    return rows;
  }

  @Test
  void theTablesHaveTheVersionsOfThePom() throws Exception {
    Pom pom = Pom.parent();
    GeneratedSection.check(PAGE, "versions", table("| what | version | status |", versions(pom)));
    GeneratedSection.check(
        PAGE, "platforms", table("| `-Dnatives=` | machine | status |", platforms(pom)));
  }

  @Test
  void everyTestThatIsNamedExists() throws Exception {
    Set<String> tests;
    try (Stream<Path> files =
        Files.walk(Markdown.root().resolve("integration-tests/src/test/java"))) {
      tests = files.map(f -> f.getFileName().toString()).collect(Collectors.toSet());
    }
    List<String> missing = new ArrayList<>();
    for (List<String> row : versions(Pom.parent())) {
      for (String word : row.get(2).split("`", -1)) {
        if (word.endsWith("IT") && !tests.contains(word + ".java")) {
          missing.add(word);
        }
      }
    }
    assertEquals(List.of(), missing);
  }
}
