package io.gemoclap.cli.annotate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of live labels is found by its name, whatever characters that holds. */
final class WatchTextsTest {
  private static final Queue<String> TEXTS = new ConcurrentLinkedQueue<>();

  @TempDir private Path folder;

  /** What three looks at an input emit. */
  private static List<String> texts(String input) {
    TEXTS.clear();
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(DirectRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(
            Create.of(List.of(KV.of(input, 0L), KV.of(input, 1L), KV.of(input, 2L)))
                .withCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of())))
        .apply(WatchTexts.changedTexts())
        .apply(MapElements.into(TypeDescriptors.booleans()).via(text -> TEXTS.add(text)));
    pipeline.run().waitUntilFinish();
    return TEXTS.stream().sorted().toList();
  }

  private Path write(String encoded, String text) throws IOException {
    Path file = Path.of(URI.create(folder.toUri() + encoded));
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels.json",
        "calls%20%5B2021%5D/labels.json",
        "Proj%20%7Bx%7D/labels%5B1%5D.json",
        "a*b/**.json",
        "question%3F.json",
        "back%5Cslash.json",
        "M%C3%BCller.json"
      })
  void aFileThatExistsIsReadOnce(String name) throws IOException {
    Path file = write(name, "the text");
    write("calls%202/labels.json", "another text");
    assertEquals(List.of("the text"), texts(file.toString()));
    assertEquals(List.of("the text"), texts(file.toUri().toString()));
  }

  @Test
  void aNameOfAnyBytesIsReadByItsUri() throws IOException {
    assertEquals(List.of("the text"), texts(write("M%FCller.json", "the text").toUri().toString()));
  }

  @Test
  void aLinkIsFollowedAndADeadOneIsWaitedFor() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("live.json"), Path.of("newest.json"));
    assertEquals(List.of(), texts(link.toString()));
    write("newest.json", "the text");
    assertEquals(List.of("the text"), texts(link.toString()));
  }

  @Test
  void whatDoesNotExistMayBeAPatternAndMayAppearLater() throws IOException {
    write("calls%20%5B2021%5D/b.json", "b");
    write("calls%20%5B2021%5D/a.json", "a");
    assertEquals(List.of(), texts(folder + "/calls [2021]/later.json"));
    assertEquals(List.of("a", "b"), texts(folder + "/calls [2021]/*.json"));
  }
}
