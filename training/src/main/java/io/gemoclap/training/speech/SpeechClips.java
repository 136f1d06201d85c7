package io.gemoclap.training.speech;

import com.google.common.primitives.Floats;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.speech.SpeechClassifier;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads clips from a folder that has a folder of audio files for each source. */
public final class SpeechClips {
  private static final int RATE = SampleSink.SPEECH_RATE;

  /** The classifier judges longer segments in parts of this length. */
  private static final int LONGEST = 10 * RATE;

  private static final int SHORTEST = RATE / 4;

  private SpeechClips() {}

  /**
   * Reads the clips, in the order of their paths. Of each, the first ten seconds count; clips of
   * less than a quarter of a second are left out.
   *
   * @param folder folder with a folder for each source
   * @param speech whether the clips are speech
   * @throws IOException if the folder or a file cannot be read or decoded
   */
  public static List<SpeechClip> read(Path folder, boolean speech) throws IOException {
    List<SpeechClip> clips = new ArrayList<>();
    try (AudioDecoder decoder = new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, RATE);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        float[] samples = decode(decoder, file);
        if (samples.length >= SHORTEST) {
          float[] first = Arrays.copyOf(samples, Math.min(samples.length, LONGEST));
          String source = folder.relativize(file).getName(0).toString();
          clips.add(new SpeechClip(source, speech, SpeechClassifier.cues(first, RATE)));
        }
      }
    }
    return clips;
  }

  private static float[] decode(AudioDecoder decoder, Path file) throws IOException {
    List<float[]> blocks = new ArrayList<>();
    SampleSink sink =
        new SampleSink() {
          @Override
          public void begin(int channels) {}

          @Override
          public void accept(int channel, float[] samples, int length) {
            blocks.add(Arrays.copyOf(samples, length));
          }
        };
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      decoder.decode(channel, file.toString(), sink);
    } catch (DecodeException e) {
      throw new IOException(file + " cannot be decoded: " + e.getMessage(), e);
    }
    return Floats.concat(blocks.toArray(float[][]::new));
  }
}
