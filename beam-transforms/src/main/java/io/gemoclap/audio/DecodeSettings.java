package io.gemoclap.audio;

import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.DecoderIsolation;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.segment.Segmenter;
import java.io.Serializable;

/** All settings of {@link DecodeAudio}, as they travel to the workers. Immutable. */
record DecodeSettings(
    Segmenter segmenter,
    ChannelMode channels,
    DecoderLimits limits,
    int sampleRate,
    DecoderIsolation isolation,
    AllowedRoots roots,
    StreamChoice stream)
    implements Serializable {

  DecodeSettings with(Segmenter other) {
    return new DecodeSettings(other, channels, limits, sampleRate, isolation, roots, stream);
  }

  DecodeSettings with(ChannelMode other) {
    return new DecodeSettings(segmenter, other, limits, sampleRate, isolation, roots, stream);
  }

  DecodeSettings with(DecoderLimits other) {
    return new DecodeSettings(segmenter, channels, other, sampleRate, isolation, roots, stream);
  }

  DecodeSettings with(int rate) {
    return new DecodeSettings(segmenter, channels, limits, rate, isolation, roots, stream);
  }

  DecodeSettings with(DecoderIsolation other) {
    return new DecodeSettings(segmenter, channels, limits, sampleRate, other, roots, stream);
  }

  DecodeSettings with(AllowedRoots other) {
    return new DecodeSettings(segmenter, channels, limits, sampleRate, isolation, other, stream);
  }

  DecodeSettings with(StreamChoice other) {
    return new DecodeSettings(segmenter, channels, limits, sampleRate, isolation, roots, other);
  }

  AudioDecoder decoder() {
    return new AudioDecoder(limits, channels, sampleRate, isolation, stream);
  }
}
