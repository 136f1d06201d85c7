package io.gemoclap.cli.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NamesTest {
  private static Corpus corpus(String name) {
    return new Corpus(
        name, List.of(), List.of(), List.of(new Problem("f", 0, "p")), Map.of(), "", List.of());
  }

  @Test
  void corporaHaveDistinctNamesAndManifestsThatOfTheirFolder() {
    Map<String, Corpus> corpora = new LinkedHashMap<>();
    corpora.put("emodb:/data/one", corpus("emodb"));
    corpora.put("emodb:/data/two", corpus("emodb"));
    corpora.put("csv:/data/calls/manifest.csv", corpus("manifest"));
    corpora.put("csv:manifest.csv", corpus("manifest"));
    corpora.put("csv:../manifest.csv", corpus("manifest"));
    Names names = Names.ofCorpora(corpora);
    assertEquals(
        List.of("emodb", "emodb-2", "calls", "manifest", "manifest-2"),
        corpora.keySet().stream().map(names::of).toList());
  }

  @Test
  void modelsHaveTheNameOfTheirFolderOrOfTheRunThatTrainedThem() {
    List<String> uris =
        List.of("bundled", "runs/mine/final/bundle", "s3://models/mine/", "/a/bundle");
    Names names = Names.ofModels(uris);
    assertEquals(
        List.of("bundled", "mine", "mine-2", "bundle"), uris.stream().map(names::of).toList());
  }
}
