package io.gemoclap.training.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.weights.HuggingFaceFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corpora, bundles and import folders whose names patterns would give a meaning. */
final class LiteralFoldersTest {
  @TempDir private Path parent;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private Path folder(String name) throws IOException {
    // What the name would match as a pattern.
    for (String other : List.of("calls 2", "acb", "whatx", "y")) {
      new Tree(parent.resolve(other)).write("list.csv", "path,emotion", "wrong.wav,sadness");
    }
    return Files.createDirectories(parent.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls [2021]", "Proj {x}/calls", "a*b", "what?", "{y}", "x[", "Müller"})
  void corporaAreLiteral(String name) throws IOException {
    Path folder = folder(name);
    new Tree(folder)
        .write("list.csv", "path,emotion", "happy/a [1].wav,happiness", "sad/b.wav,sadness")
        .write("happy/a [1].wav", "abc")
        .write("sad/b.wav", "abc");
    for (String spec : List.of("csv:" + folder + "/list.csv", "audiofolder:" + folder)) {
      List<Utterance> utterances = Corpus.read(spec).utterances();
      assertEquals(2, utterances.size(), spec);
      for (Utterance utterance : utterances) {
        assertTrue(utterance.uri().startsWith(folder + "/"), utterance.uri());
        try (SeekableByteChannel audio = utterance.open()) {
          assertEquals(3, audio.size());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model [2]", "Proj {x}/model", "a*b", "what?"})
  void bundlesAndFoldersOfWeightsAreLiteral(String name) throws IOException {
    Path folder = folder(name);
    try (InputStream manifest =
        ModelBundle.class.getResourceAsStream("/io/gemoclap/bundled/gemoclap.json")) {
      Files.copy(manifest, folder.resolve(ModelBundle.MANIFEST));
    }
    assertEquals(Bundles.resolve(Bundles.BUNDLED).id(), Bundles.resolve(folder.toString()).id());
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"wavlm\"}");
    Files.writeString(folder.resolve("model.safetensors"), "");
    assertEquals("wavlm", HuggingFaceFolder.open(folder).modelType());
  }

  @Test
  void aLinkThatLeadsNowhereIsAProblemOfItsCorpus() throws IOException {
    Path folder = folder("corpus");
    new Tree(folder).empty("happy/a.wav", "sad/b.wav");
    Files.createSymbolicLink(folder.resolve("sad/c.wav"), Path.of("gone.wav"));
    assertTrue(Corpus.inspect("audiofolder:" + folder).problems().toString().contains("c.wav"));
    Files.createSymbolicLink(folder.resolve("sad/loop"), Path.of(".."));
    assertEquals(2, Corpus.inspect("audiofolder:" + folder).utterances().size());
    assertThrows(IllegalArgumentException.class, () -> Corpus.read("emodb:" + folder + "/none"));
  }
}
