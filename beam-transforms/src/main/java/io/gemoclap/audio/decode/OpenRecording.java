package io.gemoclap.audio.decode;

import io.gemoclap.audio.container.ByteSource;
import io.gemoclap.audio.container.Envelope;
import io.gemoclap.audio.container.ForeignKind;
import io.gemoclap.audio.container.Magic;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The recording in a file that may be decoded.
 *
 * @param envelope where it is in the file
 * @param channel its bytes
 * @param deadline when decoding must have ended
 */
record OpenRecording(Envelope envelope, SeekableByteChannel channel, Deadline deadline) {

  /** Finds the recording in a file; throws if there is none, or one that no decoder takes. */
  static OpenRecording of(SeekableByteChannel file, Deadline deadline, DecoderLimits limits)
      throws DecodeException, IOException {
    ByteSource whole = new ByteSource(file, deadline);
    checkSize(whole.size(), limits);
    Envelope envelope = Envelope.of(whole);
    OpenRecording recording = new OpenRecording(envelope, envelope.view(file), deadline);
    recording.refuse();
    return recording;
  }

  /** The same recording as another file shows it. */
  OpenRecording through(SeekableByteChannel other) {
    return new OpenRecording(envelope, other, deadline);
  }

  Magic magic() {
    return envelope.magic();
  }

  ByteSource bytes() {
    return new ByteSource(channel, deadline);
  }

  private static void checkSize(long size, DecoderLimits limits) throws DecodeException {
    if (size == 0) {
      throw new DecodeException(FailureKind.NO_AUDIO, "The file is empty (0 bytes).");
    }
    if (size > limits.maxBytes()) {
      throw new DecodeException(
          FailureKind.LIMIT,
          "The file has %s bytes, more than %s (DecoderLimits.withMaxBytes)."
              .formatted(size, limits.maxBytes()));
    }
  }

  /** Rejects files without a recording, and SPHERE files compressed with shorten. */
  private void refuse() throws DecodeException, IOException {
    if (envelope.empty()) {
      throw new DecodeException(
          FailureKind.NO_AUDIO, "The file contains tags (ID3 or APE), but no recording.");
    }
    ByteBuffer head = bytes().bytes(0, Magic.BYTES, ByteOrder.BIG_ENDIAN);
    if (magic() == Magic.UNKNOWN) {
      Optional<String> sentence = ForeignKind.sentence(head);
      if (sentence.isPresent()) {
        throw new DecodeException(FailureKind.UNSUPPORTED, sentence.get());
      }
    }
    boolean shorten = StandardCharsets.ISO_8859_1.decode(head).toString().contains("embedded-");
    if (magic() == Magic.SPHERE && shorten) {
      throw new DecodeException(
          FailureKind.UNSUPPORTED,
          "The NIST SPHERE file is compressed inside (shorten); expand it with sph2pipe.");
    }
  }
}
