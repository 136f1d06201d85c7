package io.gemoclap.cli;

import static io.gemoclap.cli.Run.gemoclap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ObjectArrays;
import io.gemoclap.BundledCopy;
import io.gemoclap.Exhaustive;
import io.gemoclap.UntrainedBundle;
import io.gemoclap.Written;
import io.gemoclap.training.SineCorpus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit status and messages of the command; the job itself is tested elsewhere. */
final class CommandLineIT {
  private static final String SAMPLE =
      Path.of("examples", "samples", "german-male-48k-stereo.wav").toAbsolutePath().toString();

  private static final String TALK =
      SAMPLE.replace("german-male-48k-stereo.wav", "conversation.ogg");
  private static final String TWO_VOICES =
      SAMPLE.replace("german-male-48k-stereo.wav", "german-male-44k.m4a");

  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void nameTheOutput() {
    output = folder.resolve("out");
  }

  private Run annotate(String input, String... options) {
    String[] required = {"annotate", "--input=" + input, "--output=" + output};
    return gemoclap(ObjectArrays.concat(required, options, String.class));
  }

  @Test
  void aMissingPathIsNamed() {
    String missing = folder.resolve("nowhere.wav").toString();
    annotate(missing).failsWith(1, "Failed: --input '" + missing + "' matches no file");
    assertFalse(Files.exists(output));
  }

  @Test
  void aPatternWithoutAMatchIsNamed() {
    annotate(folder + "/*.mp3").failsWith(1, "--input '" + folder + "/*.mp3' matches no file");
  }

  @Test
  void anEmptyFolderIsNamed() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    annotate(empty.toString()).failsWith(1, "--input '" + empty + "' matches no file");
  }

  @Test
  void aFolderOfTextsIsUnsuccessfulAndItsFailuresAreCounted() throws IOException {
    Path texts = Files.createDirectory(folder.resolve("texts"));
    Files.writeString(texts.resolve("a.txt"), "To whom it may concern.\n".repeat(9));
    Files.writeString(texts.resolve("b.wav"), "Sincerely yours.\n".repeat(9));

    Run run = annotate(texts.toString());

    run.failsWith(3, "2 of 2 recordings have no result");
    assertEquals(
        List.of("UNSUPPORTED", "UNSUPPORTED"),
        Written.jsonLines(output, "failures").stream().map(f -> f.get("kind").asText()).toList());
    assertEquals(2, Written.summary(output).get("failures").get("UNSUPPORTED").asInt());
  }

  /** A file outside of the allowed roots is never opened. */
  @Test
  void aListedFileThatIsMissingOrForbiddenIsAFailureAndTheOthersAreAnnotated() throws IOException {
    Path manifest = folder.resolve("list.csv");
    Path secret = Files.writeString(folder.resolve("secret.wav"), "RIFF");
    Path samples = Path.of(SAMPLE).getParent();
    String sneaky = samples + "/../samples/../../pom.xml";
    Files.writeString(
        manifest,
        "path,agent\n%s,Kim\n%s,\n%s,\n/etc/passwd,\n%s/gone.wav,Ada\n"
            .formatted(SAMPLE, secret, sneaky, samples));

    Run run = annotate(manifest.toString(), "--segment=whole", "--allowed-roots=" + samples);

    assertEquals(0, run.status(), run.err());
    assertEquals(
        "Kim", Written.jsonLines(output, "annotations").get(0).at("/metadata/agent").asText());
    assertEquals(1, Written.summary(output).get("segments").asInt());
    assertEquals(
        List.of("FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "UNREADABLE"),
        Written.jsonLines(output, "failures").stream()
            .map(row -> row.get("kind").asText())
            .sorted()
            .toList());
  }

  @Exhaustive
  @Test
  void aSegmentMayExceedFlinksSortBuffer() throws IOException {
    byte[] fiveMinutes = new byte[300 * 16_000 * 2];
    new SplittableRandom(1).nextBytes(fiveMinutes);
    for (int i = 0; i < fiveMinutes.length; i += 32_000) {
      // Noise that keeps its level would be no speech.
      Arrays.fill(fiveMinutes, i, i + 16_000, (byte) 0);
    }
    AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
    Path wave = folder.resolve("long.wav");
    try (AudioInputStream samples =
        new AudioInputStream(
            new ByteArrayInputStream(fiveMinutes), format, fiveMinutes.length / 2)) {
      AudioSystem.write(samples, AudioFileFormat.Type.WAVE, wave.toFile());
    }

    Run run = annotate(wave.toString(), "--segment=whole", "--speech-threshold=0");

    assertEquals(0, run.status(), run.err());
    assertEquals(300, Written.jsonLines(output, "annotations").get(0).get("end_s").asDouble());
  }

  @Exhaustive
  @Test
  void isolatedDecodersGiveTheSameResults() throws IOException {
    String samples = Path.of(SAMPLE).getParent() + "/german-male-*";
    assertEquals(0, annotate(samples, "--decoder=isolated").status());
    Set<String> isolated = emotions();
    assertEquals(0, annotate(samples, "--overwrite").status());
    assertEquals(emotions(), isolated);
    assertFalse(isolated.isEmpty());
  }

  private Set<String> emotions() throws IOException {
    Set<String> rows = new TreeSet<>();
    for (JsonNode row : Written.jsonLines(output, "annotations")) {
      rows.add(row.get("segment_id").asText() + " " + row.get("emotion").asText());
    }
    return rows;
  }

  @Test
  void whatWasWrittenBeforeIsKeptUnlessOverwriteIsGiven() throws IOException {
    Path old = Files.writeString(Files.createDirectory(output).resolve("old.txt"), "precious");

    annotate(SAMPLE).failsWith(2, "is not empty; choose another or add --overwrite");
    assertEquals("precious", Files.readString(old));

    assertEquals(0, annotate(SAMPLE, "--overwrite").status());
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(output.resolve("summary.json")));
  }

  @Test
  void anOutputFileIsRejected() throws IOException {
    Files.writeString(output, "a file");
    annotate(SAMPLE).failsWith(2, "is a file, not a folder");
  }

  @Test
  void overwriteNeverDeletesTheInput() throws IOException {
    Path recording = Files.createDirectory(output).resolve("mine.wav");
    Files.copy(Path.of(SAMPLE), recording);

    annotate(output.toString(), "--overwrite").failsWith(2, "holds the input");

    assertTrue(Files.exists(recording));
  }

  private Path bundle() throws IOException {
    return BundledCopy.copy(folder.resolve("bundle"));
  }

  @Test
  void aDamagedBundleIsRejected() throws IOException {
    Path bundle = bundle();
    Files.writeString(bundle.resolve("text/config.json"), "{}");
    annotate(SAMPLE, "--model=" + bundle)
        .failsWith(1, "Bundle '" + bundle + "' is damaged: the sha256 of text/config.json is ");
  }

  @Test
  void aBundleOfAnotherFormatVersionIsRejected() throws IOException {
    Path manifest = bundle().resolve("gemoclap.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"format_version\" : 1", "\"format_version\" : 99"));
    annotate(SAMPLE, "--model=" + manifest.getParent())
        .failsWith(1, "its format version is 99, but this library reads version 1");
  }

  @Test
  void aFolderThatIsNotABundleIsNamed() {
    annotate(SAMPLE, "--model=" + folder)
        .failsWith(1, "'" + folder + "' is not a model bundle: it has no gemoclap.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--labels=            | contain an empty label",
        "--labels=calm,calm   | Label 'calm' is given twice",
        "--labels=calm        | give two or more",
        "--labels=calm,,angry | contain an empty label",
        "--segment=words      | --segment must be vad, whole or fixed:<length_s>/<hop_s>, not"
            + " 'words'",
        "--segment=fixed:x/1  | --segment=fixed:x/1: ",
        "--segment=fixed:0/1  | --segment=fixed:0/1: ",
        "--segment=fixed:NaN/1| --segment=fixed:NaN/1: ",
        "--channels=left      | --channels must be mix or split, not 'left'",
        "--normalize=voice    | expected one of [NONE, ARCHIVE, RECORDING, SPEAKER, AUTO]",
        "--precision=bf16     | expected one of [FP32, FP16]",
        "--format=xml         | --format must be jsonl or parquet, not 'xml'",
        "--top-k=0            | topK is 0, but must be at least 1",
        "--top-k=many         | Invalid value for option '--top-k'",
        "--abstain-below=2    | abstainBelow is 2.0, but must lie in [0, 1]",
        "--abstain-below=NaN  | abstainBelow is NaN, but must lie in [0, 1]",
        "--abstain-below=low  | Invalid value for option '--abstain-below'",
        "--overwrit           | Did you mean",
        "--lables=a,b         | --labels",
      })
  void aBadValueIsRejectedWithOneSentence(String option, String sentence) {
    Run run = annotate(SAMPLE, option.strip());

    run.failsWith(2, sentence);
    assertTrue(run.err().startsWith("Wrong usage: "), run.err());
    assertFalse(Files.exists(output));
  }

  @Test
  void aJobWithoutEndThatWouldGoWrongIsRejected() throws IOException {
    String watched = Files.createDirectory(folder.resolve("in")).toString();
    annotate(watched, "--watch", "--embeddings")
        .failsWith(2, "--embeddings and --features cannot be");
    annotate(watched + "/later", "--watch").failsWith(2, "create the folder first");
    annotate(folder.toString(), "--watch").failsWith(2, "Choose an output folder outside it");
    annotate(watched, "--watch", "--", "--jobName=my.job")
        .failsWith(2, "--jobName 'my.job' may contain");
    Files.createDirectory(output);
    Files.createFile(output.resolve("failures-calls-20260601T100000Z-0-00000-of-00001.jsonl"));
    annotate(watched, "--watch", "--", "--jobName=calls")
        .failsWith(2, "A job named 'calls' has written to");
  }

  @Test
  void aMissingOptionIsNamed() {
    gemoclap("annotate", "--input=" + SAMPLE).failsWith(2, "'--output=<output>'");
  }

  /**
   * Probabilities by segment of two stretches of Kim, one of Kim, and one of Ada and one of Kim.
   */
  private Map<String, JsonNode> scores(String model, String... options) throws IOException {
    Path manifest = folder.resolve("list.csv");
    Files.writeString(
        manifest,
        String.join(
            "\n",
            "path,start_s,end_s,speaker",
            TALK + ",0,3,Kim",
            TALK + ",3,6,Kim",
            SAMPLE + ",0,1,Kim",
            TWO_VOICES + ",0,1,Kim",
            TWO_VOICES + ",1,2,Ada"));
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "--model=" + model;
    all[options.length + 1] = "--overwrite";
    Run run = annotate(manifest.toString(), all);
    assertEquals(0, run.status(), run.err());
    Map<String, JsonNode> scores = new TreeMap<>();
    for (JsonNode row : Written.jsonLines(output, "annotations")) {
      scores.put(row.get("segment_id").asText(), row.get("scores"));
    }
    assertEquals(5, scores.size());
    return scores;
  }

  private static boolean same(JsonNode one, JsonNode other) {
    double distance = 0;
    for (String label : (Iterable<String>) one::fieldNames) {
      distance += Math.abs(one.get(label).asDouble() - other.get(label).asDouble());
    }
    return distance < 1e-4;
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(output.resolve("summary.json").toFile());
  }

  /** Without groups, standardising in front of the encoder equals standardising in the encoder. */
  @Exhaustive
  @Test
  void featuresAreNormalizedAsTheModelWasTrainedUnlessOverridden() throws IOException {
    String model = UntrainedBundle.byRecording(folder.resolve("normalized")).toString();
    String inside = UntrainedBundle.plain(folder.resolve("plain")).toString();

    Map<String, JsonNode> plain = scores(inside);
    assertEquals("none", summary().get("normalize").asText());
    Map<String, JsonNode> none = scores(model, "--normalize=none");
    assertEquals("none", summary().get("normalize").asText());
    Map<String, JsonNode> trained = scores(model);
    assertEquals("recording", summary().get("normalize").asText());
    Map<String, JsonNode> recording = scores(model, "--normalize=recording");
    Map<String, JsonNode> speaker = scores(model, "--normalize=SPEAKER");
    assertEquals("speaker", summary().get("normalize").asText());

    for (String segment : plain.keySet()) {
      assertTrue(same(plain.get(segment), none.get(segment)), segment);
      assertFalse(same(plain.get(segment), trained.get(segment)), segment);
      assertTrue(same(trained.get(segment), recording.get(segment)), segment);
      // Kim has four segments in three recordings, one of which she shares with Ada.
      assertFalse(same(recording.get(segment), speaker.get(segment)), segment);
    }
  }

  @Test
  void aModelThatWasTrainedWithoutNormalizationCannotNormalize() throws IOException {
    String plain = UntrainedBundle.plain(folder.resolve("plain")).toString();
    annotate(SAMPLE, "--model=" + plain, "--normalize=speaker")
        .failsWith(2, "train a model with --normalize=speaker, or annotate with");
  }

  @ParameterizedTest
  @ValueSource(strings = {"annotate", "train"})
  void helpNamesTheSubcommandAndItsOptions(String subcommand) {
    Run run = gemoclap(subcommand, "--help");

    assertEquals(0, run.status());
    assertTrue(run.out().contains("Usage: gemoclap " + subcommand), run.out());
    assertTrue(run.out().contains("--output"), run.out());
  }

  @Test
  void anUnknownExperimentIsRejected() {
    gemoclap("experiment", "no-such-row").failsWith(2, "There is no experiment 'no-such-row'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--alpha=2|--alpha must be 0 to 1",
        "--epochs=0|--epochs must be at least 1",
        "--folds=halves|folds must be speaker-pairs",
        "--normalize=everyone|--normalize",
        "--encoder=big|--encoder must be compact, logmel-conv or a bundle",
        "--encoder=bundled|add --normalize=auto",
        "--train-layers=2|--train-layers needs --encoder=<bundle>"
      })
  void trainRefusesWhatIsOutOfRange(String option, String sentence) throws IOException {
    SineCorpus.write(folder.resolve("corpus"), 2);
    gemoclap("train", "--corpus=emodb:" + folder.resolve("corpus"), "--output=" + output, option)
        .failsWith(2, sentence);
    assertFalse(Files.exists(output));
  }

  @Test
  void aRunWithFewerSpeakersThanFoldsDoesNotBegin() throws IOException {
    SineCorpus.write(folder.resolve("corpus"), 1);
    gemoclap(
            "train",
            "--corpus=emodb:" + folder.resolve("corpus"),
            "--output=" + output,
            "--folds=speaker-k:5")
        .failsWith(2, "needs at least 5 speakers");
  }
}
