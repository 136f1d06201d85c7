package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.BundledCopy;
import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive, a model and results on HDFS: a NameNode and a DataNode on loopback. */
final class HdfsIT {
  /** How long a client waits before it asks again whether a file is complete; 400 otherwise. */
  private static final String DELAY =
      "dfs.client.block.write.locateFollowingBlock.initial.delay.ms";

  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();

  @TempDir private Path folder;
  private MiniDFSCluster hdfs;
  private FileSystem files;
  private String root;

  @BeforeEach
  void startAndFill() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(DELAY, "20");
    configuration.set("hdfs.minidfs.basedir", folder.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(configuration).build();
    hdfs.waitActive();
    files = hdfs.getFileSystem();
    root = "hdfs://localhost:" + hdfs.getNameNodePort();
    put(SAMPLES.resolve("german-female-16k.wav"), "/archive/calm.wav");
    put(SAMPLES.resolve("german-male-44k.m4a"), "/archive/2026/10/sad.m4a");
    put(SAMPLES.resolve("english-female-22k.ogg"), "/archive/2026/11/angry.ogg");
    put(Files.writeString(folder.resolve("letter.wav"), "Dear Sir"), "/archive/2026/10/letter.wav");
    put(BundledCopy.edited(folder.resolve("b"), m -> m.put("licence", "?")), "/models/one");
  }

  @AfterEach
  void stop() {
    hdfs.shutdown();
  }

  private void put(Path local, String name) throws IOException {
    files.copyFromLocalFile(hadoop(local.toString()), hadoop(name));
  }

  private static org.apache.hadoop.fs.Path hadoop(String name) {
    return new org.apache.hadoop.fs.Path(name);
  }

  private Run annotate(String... options) {
    List<String> all = new ArrayList<>();
    all.add("annotate");
    all.add("--input=" + root + "/archive");
    all.add("--output=" + root + "/archive/annotated");
    all.add("--model=" + root + "/models/one");
    Collections.addAll(all, options);
    all.add("--");
    all.add(
        "--hdfsConfiguration=[{\"fs.defaultFS\": \"%s\", \"%s\": \"20\"}]".formatted(root, DELAY));
    return Run.gemoclap(all.toArray(String[]::new));
  }

  /** What is in the output folder, by the name of the recording, which each row has once. */
  private Map<String, JsonNode> rows(String kind) throws IOException {
    Path copy = folder.resolve("copy" + System.nanoTime());
    files.copyToLocalFile(hadoop("/archive/annotated"), hadoop(copy.toString()));
    Map<String, JsonNode> rows = new TreeMap<>();
    for (JsonNode row : Written.jsonLines(copy, kind)) {
      String name = row.get("recording").asText();
      assertNull(rows.put(name.substring(name.lastIndexOf('/') + 1), row), "twice: " + name);
    }
    return rows;
  }

  @Test
  void aFolderIsAnnotatedPartByPartAndAHalfDoneOneIsResumed() throws IOException {
    Run first = annotate("--part=2");
    assertEquals(0, first.status(), first.err());
    assertEquals("[angry.ogg, calm.wav, sad.m4a]", rows("recordings").keySet().toString());
    Map<String, JsonNode> failures = rows("failures");
    assertEquals("[letter.wav]", failures.keySet().toString());
    assertEquals("UNSUPPORTED", failures.get("letter.wav").get("kind").asText());

    // As if the job had been killed in its second part.
    put(folder.resolve("letter.wav"), "/archive/annotated/.temp-beam-x/half");
    assertTrue(files.delete(hadoop("/archive/annotated/summary.json"), false));
    assertTrue(files.delete(hadoop("/archive/annotated/summary-00001.json"), false));
    put(SAMPLES.resolve("english-male-16k.flac"), "/archive/new.flac");
    annotate().failsWith(2, "is not empty");
    Run second = annotate("--resume");
    assertEquals(0, second.status(), second.err());
    assertEquals(
        "[angry.ogg, calm.wav, new.flac, sad.m4a]", rows("recordings").keySet().toString());
    assertEquals("[letter.wav]", rows("failures").keySet().toString());
    assertFalse(files.exists(hadoop("/archive/annotated/.temp-beam-x")));
  }

  private Run export(String... options) {
    List<String> all = new ArrayList<>();
    Collections.addAll(all, "export", root + "/archive/annotated", "--to=audiofolder");
    Collections.addAll(all, "--output=" + root + "/corpus", "--keep-uncertain");
    Collections.addAll(all, options);
    all.add("--");
    all.add(
        "--hdfsConfiguration=[{\"fs.defaultFS\": \"%s\", \"%s\": \"20\"}]".formatted(root, DELAY));
    return Run.gemoclap(all.toArray(String[]::new));
  }

  private JsonNode corpus() throws IOException {
    try (InputStream in = files.open(hadoop("/corpus/export.json"))) {
      return new ObjectMapper().readTree(in);
    }
  }

  @Test
  @Exhaustive
  void aCorpusIsExportedAndResumedAndReplaced() throws IOException {
    Run annotated = annotate();
    assertEquals(0, annotated.status(), annotated.err());
    Run first = export();
    assertEquals(0, first.status(), first.err());
    JsonNode report = corpus();
    assertEquals(report.path("given"), report.path("taken"));
    assertTrue(files.exists(hadoop("/corpus/train/00000/metadata.jsonl")));
    assertEquals(0, files.listStatus(hadoop("/corpus/.export")).length);
    export().failsWith(2, "is not empty");

    // As if the job had been killed before its end.
    assertTrue(files.delete(hadoop("/corpus/export.json"), false));
    export("--resume", "--clip-format=wav").failsWith(2, "--clip-format=FLAC, not WAV");
    Run second = export("--resume");
    assertEquals(0, second.status(), second.err());
    assertEquals(report, corpus());
    Run third = export("--overwrite", "--clip-format=wav");
    assertEquals(0, third.status(), third.err());
    long flac = 0;
    for (FileStatus clip : files.listStatus(hadoop("/corpus/train/00000"))) {
      flac += clip.getPath().getName().endsWith(".flac") ? 1 : 0;
    }
    assertEquals(0, flac, "--overwrite leaves nothing of the earlier corpus");
  }
}
