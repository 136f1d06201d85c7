package io.gemoclap.review.server;

import com.google.common.primitives.Ints;
import io.gemoclap.review.index.SegmentRow;
import io.gemoclap.review.index.Segments;
import io.gemoclap.review.index.Segments.Span;
import io.gemoclap.review.sound.Sound;
import io.gemoclap.review.sound.Sounds;
import io.gemoclap.review.sound.Sounds.Asker;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The recording of a segment: its segments, its waveform and its sound. Recordings are named by
 * their segments only, so that no other file can be asked for.
 */
final class RecordingView {
  private final Segments segments;
  private final Sounds sounds;

  RecordingView(Segments segments, Sounds sounds) {
    this.segments = segments;
    this.sounds = sounds;
  }

  /**
   * A recording with its segments.
   *
   * @param recording its name
   * @param segments the first 20,000, by channel and time
   */
  record Recording(String recording, List<Span> segments) {}

  Recording recording(Parameters parameters, byte[] body) throws IOException {
    String name = row(parameters).recording();
    return new Recording(name, segments.ofRecording(name));
  }

  /**
   * The waveform of a segment's channel.
   *
   * @param seconds length of the channel
   * @param outline the loudest sample in equal parts of the stretch, 0 to 127
   */
  record Waveform(double seconds, List<Integer> outline) {}

  Waveform waveform(Parameters parameters, Asker asker) throws IOException {
    SegmentRow row = row(parameters);
    try (Sound sound = sound(row, asker)) {
      double seconds = sound.seconds(row.channel());
      Double from = parameters.decimal("from");
      Double to = parameters.decimal("to");
      double first = from == null ? 0 : from;
      double last = to == null ? seconds : to;
      if (!(last > first)) {
        throw new IllegalArgumentException("'to' is not after 'from'");
      }
      int parts = parameters.number("parts", 1, 4_000, 1_000);
      return new Waveform(seconds, Ints.asList(sound.outline(row.channel(), first, last, parts)));
    }
  }

  void sendSound(Parameters parameters, Request request, Response response, Callback callback)
      throws IOException {
    SegmentRow row = row(parameters);
    try (Sound sound = sound(row, new WaitingClient(response))) {
      SoundStream.send(sound, row.channel(), request, response, callback);
    }
  }

  private SegmentRow row(Parameters parameters) throws IOException {
    long id = parameters.number("segment");
    return segments
        .byId(id)
        .orElseThrow(() -> new FileNotFoundException("There is no segment " + id));
  }

  private Sound sound(SegmentRow row, Asker asker) throws IOException {
    Sound sound;
    try {
      sound = sounds.of(row.recording(), asker);
    } catch (IOException e) {
      throw noSound(row, e.getMessage(), e);
    }
    if (row.channel() >= sound.channels()) {
      sound.close();
      throw noSound(row, "it has no channel " + row.channel() + " any more", null);
    }
    return sound;
  }

  private static FileNotFoundException noSound(SegmentRow row, String why, Exception cause) {
    FileNotFoundException e =
        new FileNotFoundException("No sound of '%s': %s".formatted(row.recording(), why));
    e.initCause(cause);
    return e;
  }
}
