package io.gemoclap.audio;

import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.ffmpeg.FfmpegTransforms;
import io.gemoclap.audio.speech.SpeechClassifier;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;

/**
 * What a worker needs to decode recordings or sections, opened once. One thread uses it at a time.
 *
 * @param <T> what a stage makes of a segment
 */
final class DecodeWorker<T> implements AutoCloseable {
  private final DecodeAudio settings;
  private final SegmentStage<T> stage;
  private final AudioDecoder decoder;
  private final SegmentStage.Worker<T> worker;
  private final SpeechClassifier classifier;

  /**
   * Opens decoder, classifier and stage.
   *
   * @throws io.gemoclap.failure.WorkerFaultException if FFmpeg cannot be loaded
   */
  DecodeWorker(DecodeAudio settings, SegmentStage<T> stage) {
    this.settings = settings;
    this.stage = stage;
    decoder = settings.decoder();
    decoder.requireNatives();
    worker = stage.open();
    classifier = new SpeechClassifier(settings.sampleRate(), FfmpegTransforms::ofSize);
  }

  AudioDecoder decoder() {
    return decoder;
  }

  /**
   * Cuts a recording.
   *
   * @param cut takes the segments
   */
  SegmentCutter cutter(
      Recording recording,
      MultiOutputReceiver out,
      Consumer<SpeechSegment> cut,
      SegmentCutter.Opener opener) {
    return new SegmentCutter(settings, recording, classifier, out, cut, opener);
  }

  /** Applies the stage to a segment. */
  void process(SpeechSegment segment, MultiOutputReceiver out) {
    worker.process(
        segment,
        result -> out.get(stage.results()).output(result),
        failure -> out.get(DecodeWithStage.FAILURES).output(failure));
  }

  @Override
  public void close() {
    decoder.close();
  }
}
