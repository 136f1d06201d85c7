package io.gemoclap.score;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/**
 * There is one value for each segment, so Java's serialisation would be a visible part of a job.
 */
final class RecordingSumsCoder extends AtomicCoder<RecordingSums> {
  private static final long serialVersionUID = 1L;

  @Override
  public void encode(RecordingSums value, OutputStream out) throws IOException {
    value.write(out);
  }

  @Override
  public RecordingSums decode(InputStream in) throws IOException {
    return RecordingSums.read(in);
  }
}
