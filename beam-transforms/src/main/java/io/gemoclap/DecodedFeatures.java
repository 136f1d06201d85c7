package io.gemoclap;

import io.gemoclap.audio.DecodeWithStage;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.SegmentStage;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.SpeechFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * The features of the segments of recordings, extracted where they are decoded if possible.
 *
 * @param features one element for each segment that has features
 * @param recordings one for each recording that was decoded to its end
 * @param failures of decoding and of the extraction
 */
record DecodedFeatures(
    PCollection<SpeechFeatures> features,
    PCollection<DecodedRecording> recordings,
    List<PCollection<Failure>> failures) {

  /**
   * Adds the steps to a pipeline.
   *
   * @param decode makes the decoding step with the stage that extracts features
   */
  static DecodedFeatures of(
      PCollection<Recording> recordings,
      Function<SegmentStage<SpeechFeatures>, DecodeWithStage<SpeechFeatures>> decode,
      ExtractFeatures extraction) {
    SegmentStage<SpeechFeatures> stage = extraction.stage();
    PCollectionTuple audio = recordings.apply("DecodeAudio", decode.apply(stage));
    List<PCollection<Failure>> failures = new ArrayList<>();
    failures.add(audio.get(DecodeWithStage.FAILURES));
    PCollection<SpeechFeatures> spread =
        audio.get(DecodeWithStage.SPREAD).apply("ExtractFeatures", extraction).failuresTo(failures);
    return new DecodedFeatures(
        PCollectionList.of(audio.get(stage.results()))
            .and(spread)
            .apply("Features", Flatten.pCollections()),
        audio.get(DecodeWithStage.RECORDINGS),
        failures);
  }
}
