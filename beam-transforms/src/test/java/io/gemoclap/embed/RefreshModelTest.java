package io.gemoclap.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.bundle.BundleCopies;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.WorkerFaults;
import io.gemoclap.model.FakeModels;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefreshModelTest {
  @Test
  void theBundlesUriIsRead() {
    assertEquals("s3://models/newer", RefreshModel.parse("{\"model\": \"s3://models/newer\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "s3://models/newer                  | not JSON",
        "{}                                 | names no model",
        "null                               | names no model",
        "{\"model\":null}                   | names no model",
        "{\"model\":\" \"}                  | names no model",
        "{\"model\":[\"a\"]}                | not JSON",
        "{\"modle\":\"a\"}                  | not JSON",
        "{\"model\":\"a\",\"model\":\"b\"}  | not JSON",
        "{\"model\":\"a\"} {\"model\":\"b\"} | not JSON",
      })
  void aBadMessageIsRejectedWithItsReason(String json, String reason) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> RefreshModel.parse(json));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private static void tries(BundleRef next) {
    Pipeline pipeline = Pipeline.create();
    PCollection<String> kinds =
        pipeline
            .apply(Create.of("{\"model\": \"%s\"}".formatted(next.uri())))
            .apply(RefreshModel.with(next))
            .failures()
            .apply(MapElements.into(TypeDescriptors.strings()).via(Failure::getKindName));
    PAssert.that(kinds).containsInAnyOrder("REFUSED");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aModelThatCannotBeLoadedIsRefusedUnlessTheWorkerIsAtFault(@TempDir Path temp)
      throws IOException {
    BundleRef next =
        Bundles.resolve(BundleCopies.of(Bundles.BUNDLED, temp.resolve("next")).toString());
    try (FakeModels models = FakeModels.install()) {
      models.refuse(next.id());
      tries(next);
      models.refuse(next.id(), "/cache/part-1: No space left on device");
      WorkerFaults.assertThrown("free some space on the disk", () -> tries(next));
    }
  }

  @Test
  void vectorsThatAreNotUnitVectorsOfTheModelsDimensionsFailTheSelfCheck() throws Exception {
    SelfCheck.requireUnitVectors("speech", new float[][] {{0.6f, 0.8f}}, 2);
    for (float[] bad : new float[][] {{0.6f, 0.7f}, {1}, {Float.NaN, 1}, {0, 0}}) {
      assertThrows(
          IOException.class, () -> SelfCheck.requireUnitVectors("speech", new float[][] {bad}, 2));
    }
  }
}
