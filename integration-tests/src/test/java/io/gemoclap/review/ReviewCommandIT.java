package io.gemoclap.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Exhaustive;
import io.gemoclap.cli.Gemoclap;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code gemoclap review} says about results and settings that it cannot use. */
final class ReviewCommandIT {
  @TempDir private Path folder;
  private Path results;

  @BeforeEach
  void copyResults() throws Exception {
    results = SampleResults.copyTo(folder.resolve("out"));
  }

  private void fails(int status, String sentence, String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine command = Gemoclap.commandLine();
    command.setOut(new PrintWriter(err, true)).setErr(new PrintWriter(err, true));
    String[] all = Stream.concat(Stream.of("review"), Stream.of(arguments)).toArray(String[]::new);
    assertEquals(status, command.execute(all), err.toString());
    assertTrue(err.toString().contains(sentence), err.toString());
  }

  @Test
  void unfinishedResultsAreRefusedWithTheRemedy() throws Exception {
    Files.delete(results.resolve("summary.json"));
    fails(2, "finish it with 'gemoclap annotate --resume'", results.toString());
    fails(2, "is not a folder of this machine", folder.resolve("none").toString());
    fails(2, "is not a folder of this machine", "s3://bucket/results");
  }

  @Test
  void aMissingFileOfAFinishedPartIsNamed() throws Exception {
    Path file;
    try (Stream<Path> files = Files.list(results)) {
      file =
          files
              .filter(f -> f.getFileName().toString().startsWith("annot"))
              .findFirst()
              .orElseThrow();
    }
    Files.delete(file);
    fails(
        2,
        file.getFileName() + "' is missing in '" + results + "', but summary-00000.json lists it",
        results.toString());
  }

  @Test
  void settingsOutsideTheirRangeAreRefused() {
    fails(2, "--port is 70000, but must be 0 to 65535", results.toString(), "--port=70000");
    fails(2, "--by is empty", results.toString(), "--by= ");
    fails(2, "--decoder must be in-process or isolated", results.toString(), "--decoder=none");
  }

  @Test
  void aTakenPortIsNamedBeforeAnythingIsDone() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      fails(
          1,
          "port " + port + ": another program uses it. Name another with --port",
          results.toString(),
          "--port=" + port);
    }
    assertTrue(Files.notExists(results.resolve("review")), "no index");
  }

  @Test
  void aSecondProcessIsToldToUseAnotherFileAndThenSharesTheIndex() throws Exception {
    try (ReviewProcess first = new ReviewProcess(folder.resolve("jvm"), results, "--by=kim")) {
      fails(1, "corrections.jsonl' is open in process ", results.toString());
      try (ReviewProcess second =
          new ReviewProcess(
              folder.resolve("jvm"),
              results,
              "--by=lee",
              "--corrections=" + results.resolve("corrections-lee.jsonl"))) {
        assertEquals(
            new ReviewClient(first.url()).get("/api/info").path("count"),
            new ReviewClient(second.url()).get("/api/info").path("count"));
        new ReviewClient(second.url())
            .post(
                "/api/answers",
                "{\"segment\": 0, \"answer\": \"label\", \"label\": \"fear\"}"
                    .getBytes(StandardCharsets.UTF_8));
      }
    }
    try (ReviewProcess first = new ReviewProcess(folder.resolve("jvm"), results, "--by=kim")) {
      ReviewClient client = new ReviewClient(first.url());
      assertEquals(1, client.get("/api/info").at("/counts/lee").asInt(), "lee's file is read too");
      assertEquals(1, client.get("/api/count?answered=yes").path("count").asInt());
    }
  }

  @Test
  @Exhaustive
  void resultsThatCannotBeSearchedSayWhy() throws Exception {
    try (Stream<Path> files = Files.list(results)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("summary-")).toList()) {
        Files.writeString(
            file, Files.readString(file).replaceAll("\"embeddings-[^\"]*\"(, )?", ""));
      }
    }
    try (ReviewProcess review = new ReviewProcess(folder.resolve("jvm"), results)) {
      ReviewClient client = new ReviewClient(review.url());
      JsonNode info = client.get("/api/info");
      assertTrue(info.path("search_problem").asText().contains("--embeddings"), info.toString());
      String refused = client.error(client.request("/api/search?words=calm"));
      assertTrue(refused.startsWith("409: "), refused);
      assertEquals(
          info.path("count").asInt(),
          client.get("/api/segments?order=most-typical&size=200").path("entries").size());
    }
  }

  @Test
  void anotherModelDoesNotSearchVectorsThatItDidNotMake() throws Exception {
    LargeResults.write(folder.resolve("others"), 100, 100, "0123456789abcdef");
    try (ReviewProcess review =
        new ReviewProcess(folder.resolve("jvm"), folder.resolve("others"))) {
      String problem =
          new ReviewClient(review.url()).get("/api/info").path("search_problem").asText();
      assertTrue(problem.contains("did not make the vectors of these results"), problem);
      assertTrue(problem.contains("0123456789abcdef"), problem);
    }
  }

  @Test
  @Exhaustive
  void aFolderThatCannotBeWrittenNeedsAnIndexElsewhere() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    fails(
        1,
        "Name a folder that can be written to with --index",
        results.toString(),
        "--index=" + file.resolve("below"));
    fails(
        1,
        "Name another file with --corrections",
        results.toString(),
        "--index=" + folder.resolve("elsewhere"),
        "--corrections=" + file.resolve("corrections.jsonl"));
    Path elsewhere = folder.resolve("elsewhere");
    try (ReviewProcess review =
        new ReviewProcess(
            folder.resolve("jvm"),
            results,
            "--index=" + elsewhere,
            "--corrections=" + folder.resolve("mine.jsonl"))) {
      assertTrue(review.printed().contains("mine.jsonl"), review.printed());
      assertTrue(Files.exists(elsewhere));
      assertTrue(Files.notExists(results.resolve("review")), "Nothing is written into the results");
      assertTrue(Files.notExists(results.resolve("corrections.jsonl")));
    }
  }
}
