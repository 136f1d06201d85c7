package io.gemoclap.audio;

import io.gemoclap.audio.pcm.DecodeReport;
import java.io.Serializable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/** Counts recordings in the metrics of the job. */
final class DecodeCounters implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Counter recordings = Metrics.counter(DecodeAudio.STAGE, "recordings");
  private final Counter failed = Metrics.counter(DecodeAudio.STAGE, "failures");
  private final Counter truncated = Metrics.counter(DecodeAudio.STAGE, "truncated");
  private final Counter milliseconds = Metrics.counter(DecodeAudio.STAGE, "audio_milliseconds");

  void failed() {
    failed.inc();
  }

  void decoded(DecodeReport report) {
    recordings.inc();
    milliseconds.inc(Math.round(report.decodedSeconds() * 1000));
    if (report.truncated()) {
      truncated.inc();
    }
  }
}
