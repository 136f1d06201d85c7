package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.container.Magic;
import io.gemoclap.audio.pcm.StreamChoice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** What the child process tells its worker, without a process of its own. */
final class DecoderProcessIT {
  /** Fails on every read, as if the machine of the child lacked a resource. */
  private static final class Exhausted extends InputStream {
    @Override
    public int read() {
      throw new UncheckedIOException(new IOException("No space left on device"));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return read();
    }
  }

  @Test
  void aFaultOfTheMachineIsNotBlamedOnTheFile() throws IOException {
    ByteArrayOutputStream asked = new ByteArrayOutputStream();
    DataOutputStream request = new DataOutputStream(asked);
    DecoderMessage.DECODE.begin(request);
    request.writeLong(60_000);
    request.writeUTF(Magic.FLAC.name());
    request.writeUTF("flac");
    request.writeUTF(StreamChoice.loudest().toString());
    request.writeLong(100_000);
    InputStream in =
        new SequenceInputStream(new ByteArrayInputStream(asked.toByteArray()), new Exhausted());
    ByteArrayOutputStream answered = new ByteArrayOutputStream();
    DecoderProcess process =
        new DecoderProcess(new DataInputStream(in), new DataOutputStream(answered));
    assertThrows(UncheckedIOException.class, () -> process.run(false));

    DataInputStream answer = new DataInputStream(new ByteArrayInputStream(answered.toByteArray()));
    DecoderMessage message = DecoderMessage.next(answer);
    while (message == DecoderMessage.READY || message == DecoderMessage.READ) {
      if (message == DecoderMessage.READ) {
        answer.skipNBytes(Long.BYTES + Integer.BYTES);
      }
      message = DecoderMessage.next(answer);
    }
    assertTrue(message == DecoderMessage.UNUSABLE, message.name());
    String sentence = answer.readUTF();
    assertTrue(sentence.contains("free some space on the disk"), sentence);
  }
}
