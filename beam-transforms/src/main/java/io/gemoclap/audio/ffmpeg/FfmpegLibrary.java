package io.gemoclap.audio.ffmpeg;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * FFmpeg's native libraries, and the two callbacks through which they read.
 *
 * <p>The callbacks are static, as JavaCPP has few native trampolines for each callback class. A
 * number instead of the opaque pointer names the recording. Nothing thrown may leave a callback.
 */
final class FfmpegLibrary {
  private static final int EIO = -5;
  private static final long MAX_ALLOCATION = 512L << 20;

  /** The recordings being decoded, by the number that FFmpeg has as their opaque pointer. */
  private static final ConcurrentMap<Long, EncodedInput> OPEN = new ConcurrentHashMap<>();

  private static final AtomicLong LAST_ID = new AtomicLong();

  private FfmpegLibrary() {}

  /** Whether the callbacks work; the first call loads the native libraries. */
  static boolean usable() {
    return Callbacks.usable();
  }

  /** The machine's kind as JavaCPP names it, for instance {@code linux-x86_64}. */
  static String platform() {
    return Loader.getPlatform();
  }

  /** Makes an input readable for FFmpeg; {@link #unregister} must follow. */
  static long register(EncodedInput input) {
    long id = LAST_ID.incrementAndGet();
    OPEN.put(id, input);
    return id;
  }

  static void unregister(long id) {
    OPEN.remove(id);
  }

  /** What FFmpeg gives to the callbacks for an input. */
  static Pointer ticket(long id) {
    return new Ticket(id);
  }

  static Read_packet_Pointer_BytePointer_int read() {
    return Callbacks.READ;
  }

  static Seek_Pointer_long_int seek() {
    return Callbacks.SEEK;
  }

  static ByteBuffer asBytes(BytePointer pointer, int length) {
    return pointer.capacity(length).asByteBuffer();
  }

  private static final class Callbacks {
    static final Read_packet_Pointer_BytePointer_int READ;
    static final Seek_Pointer_long_int SEEK;

    static {
      // JavaCPP would count the whole process, PyTorch included, against its own limit.
      String limit = "org.bytedeco.javacpp.maxPhysicalBytes";
      if (System.getProperty(limit) == null) {
        System.setProperty(limit, "0");
      }
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
      avutil.av_max_alloc(MAX_ALLOCATION);
      READ = new ReadCallback();
      SEEK = new SeekCallback();
    }

    static boolean usable() {
      return !READ.isNull() && !SEEK.isNull();
    }
  }

  private static final class ReadCallback extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer buffer, int size) {
      try {
        EncodedInput input = OPEN.get(opaque.address());
        int count = input == null ? EncodedInput.FAILED : input.read(asBytes(buffer, size));
        return count >= 0 ? count : count == EncodedInput.END ? avutil.AVERROR_EOF : EIO;
      } catch (Throwable e) {
        return EIO;
      }
    }
  }

  private static final class SeekCallback extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int whence) {
      try {
        EncodedInput input = OPEN.get(opaque.address());
        if (input == null) {
          return EIO;
        }
        boolean sizeOnly = (whence & avformat.AVSEEK_SIZE) != 0;
        long result = sizeOnly ? input.size() : input.seek(offset, whence & ~avformat.AVSEEK_FORCE);
        return result >= 0 ? result : EIO;
      } catch (Throwable e) {
        return EIO;
      }
    }
  }

  /** A number that travels through FFmpeg as a pointer and is never followed. */
  private static final class Ticket extends Pointer {
    Ticket(long id) {
      address = id;
    }
  }
}
