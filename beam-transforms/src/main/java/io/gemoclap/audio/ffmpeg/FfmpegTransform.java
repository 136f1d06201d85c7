package io.gemoclap.audio.ffmpeg;

import io.gemoclap.audio.signal.RealTransform;
import java.lang.ref.Cleaner;
import java.nio.FloatBuffer;
import org.bytedeco.ffmpeg.avutil.AVTXContext;
import org.bytedeco.ffmpeg.avutil.av_tx_fn;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;

/** FFmpeg's Fourier transform. The garbage collector releases the native memory. */
final class FfmpegTransform implements RealTransform {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Native forward;
  private final Native inverse;

  FfmpegTransform(int size) {
    forward = new Native(size, false);
    CLEANER.register(this, forward);
    inverse = new Native(size, true);
    CLEANER.register(this, inverse);
  }

  @Override
  public void forward(float[] samples, float[] spectrum) {
    forward.run(samples, spectrum);
  }

  @Override
  public void inverse(float[] spectrum, float[] samples) {
    inverse.run(spectrum, samples);
  }

  /** A transform in one direction, with its memory; released by {@link #run()}. */
  private static final class Native implements Runnable {
    private final AVTXContext context = new AVTXContext(null);
    private final av_tx_fn function = new Function();
    private final FloatPointer in;
    private final FloatPointer out;
    private final FloatBuffer inputs;
    private final FloatBuffer outputs;
    private final int stride;

    Native(int size, boolean inverse) {
      in = new FloatPointer(avutil.av_malloc((size + 2L) * Float.BYTES)).capacity(size + 2L);
      out = new FloatPointer(avutil.av_malloc((size + 2L) * Float.BYTES)).capacity(size + 2L);
      inputs = in.asBuffer();
      outputs = out.asBuffer();
      stride = inverse ? 2 * Float.BYTES : Float.BYTES;
      try (FloatPointer scale = new FloatPointer(1f)) {
        int status =
            avutil.av_tx_init(
                context, function, avutil.AV_TX_FLOAT_RDFT, inverse ? 1 : 0, size, scale, 0);
        if (status < 0) {
          run();
          throw new IllegalArgumentException("FFmpeg has no transform of " + size + " samples");
        }
      }
    }

    void run(float[] from, float[] to) {
      inputs.put(0, from);
      function.call(context, out, in, stride);
      outputs.get(0, to);
    }

    @Override
    public void run() {
      avutil.av_tx_uninit(context);
      avutil.av_free(in);
      avutil.av_free(out);
    }
  }

  /** FFmpeg stores the address of its function in it. */
  private static final class Function extends av_tx_fn {}
}
