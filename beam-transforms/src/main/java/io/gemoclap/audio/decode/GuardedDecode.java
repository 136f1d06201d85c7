package io.gemoclap.audio.decode;

import com.google.common.base.Throwables;
import io.gemoclap.audio.container.ReadOnlyChannel;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.FaultPolicy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;
import org.apache.beam.sdk.annotations.Internal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens, decodes and closes one recording. This is the one place that decides what an exception on
 * the way means, for annotation and for training.
 *
 * <ul>
 *   <li>A fault of the worker is thrown, as {@link FaultPolicy} says.
 *   <li>Whatever else is wrong with the recording is a {@link DecodeException}: UNREADABLE where
 *       its file system fails, INTERNAL for a defect of a decoder, or of whatever takes its
 *       samples.
 *   <li>A recording that cannot be closed keeps what was decoded.
 * </ul>
 *
 * @hidden
 */
@Internal
public final class GuardedDecode {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedDecode.class);

  private GuardedDecode() {}

  /** Opens a recording. */
  @FunctionalInterface
  public interface Opener {
    /** The encoded bytes, which {@link GuardedDecode} closes. */
    SeekableByteChannel open() throws IOException, DecodeException;
  }

  /** Decodes a recording that is open. */
  @FunctionalInterface
  public interface Body<T> {
    /** What came of it. */
    T decode(SeekableByteChannel encoded) throws DecodeException;
  }

  /**
   * Carries an exception through the decoder that a later stage threw when it was given samples: it
   * says nothing about the recording.
   */
  public static final class LaterStageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Wraps what was thrown, which must be unchecked. */
    public LaterStageException(Throwable thrown) {
      super(thrown);
    }
  }

  /**
   * Decodes a recording.
   *
   * @param name names the recording in the log
   * @return what the body returns
   * @throws DecodeException saying what is wrong with the recording
   * @throws io.gemoclap.failure.WorkerFaultException if the worker is at fault
   * @throws RuntimeException that a later stage threw, as it was
   */
  public static <T> T of(String name, Opener opener, Body<T> body) throws DecodeException {
    SeekableByteChannel encoded = open(opener);
    try {
      return body.decode(readable(encoded));
    } catch (LaterStageException e) {
      Throwables.throwIfUnchecked(Objects.requireNonNull(e.getCause()));
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      FaultPolicy.throwIfOfWorker(e);
      throw new DecodeException(FailureKind.INTERNAL, "The decoder failed: " + e, e);
    } finally {
      close(encoded, name);
    }
  }

  private static SeekableByteChannel open(Opener opener) throws DecodeException {
    try {
      return opener.open();
    } catch (IOException | RuntimeException | LinkageError e) {
      // File systems of other libraries may throw unchecked exceptions.
      FaultPolicy.throwIfOfWorker(e);
      throw DecodeException.unreadable("The file cannot be opened", e);
    }
  }

  private static SeekableByteChannel readable(SeekableByteChannel encoded) {
    boolean own = encoded instanceof FileChannel || encoded instanceof ReadOnlyChannel;
    return own ? encoded : new RemoteChannel(encoded);
  }

  private static void close(SeekableByteChannel encoded, String name) {
    try {
      encoded.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} could not be closed: {}", name, e.toString());
    }
  }
}
