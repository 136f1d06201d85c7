package io.gemoclap.audio.signal;

/**
 * The Fourier transform in Java: the even and odd samples become the real and imaginary parts of a
 * complex transform of half the size, in steps of radix 4 that leave their results in order
 * (Stockham).
 */
final class JavaTransform implements RealTransform {
  /** Half the size: elements of the complex transform. */
  private final int half;

  /** Cosines and negative sines of the turns of {@code 2 half} elements. */
  private final float[] cos;

  private final float[] sin;
  private float[] re;
  private float[] im;
  private float[] nextRe;
  private float[] nextIm;

  JavaTransform(int size) {
    half = size / 2;
    cos = new float[size];
    sin = new float[size];
    for (int i = 0; i < size; i++) {
      cos[i] = (float) Math.cos(2 * Math.PI * i / size);
      sin[i] = (float) -Math.sin(2 * Math.PI * i / size);
    }
    re = new float[half];
    im = new float[half];
    nextRe = new float[half];
    nextIm = new float[half];
  }

  @Override
  public void forward(float[] samples, float[] spectrum) {
    for (int i = 0; i < half; i++) {
      re[i] = samples[2 * i];
      im[i] = samples[2 * i + 1];
    }
    transform();
    spectrum[0] = re[0] + im[0];
    spectrum[1] = 0;
    spectrum[2 * half] = re[0] - im[0];
    spectrum[2 * half + 1] = 0;
    for (int k = 1; k < half; k++) {
      float evenRe = re[k] + re[half - k];
      float evenIm = im[k] - im[half - k];
      float oddRe = im[k] + im[half - k];
      float oddIm = re[half - k] - re[k];
      spectrum[2 * k] = 0.5f * (evenRe + (oddRe * cos[k] - oddIm * sin[k]));
      spectrum[2 * k + 1] = 0.5f * (evenIm + (oddRe * sin[k] + oddIm * cos[k]));
    }
  }

  @Override
  public void inverse(float[] spectrum, float[] samples) {
    for (int k = 0; k < half; k++) {
      int a = 2 * k;
      int b = 2 * (half - k);
      float evenRe = spectrum[a] + spectrum[b];
      float evenIm = spectrum[a + 1] - spectrum[b + 1];
      float turnedRe = spectrum[a] - spectrum[b];
      float turnedIm = spectrum[a + 1] + spectrum[b + 1];
      float oddRe = turnedRe * cos[k] + turnedIm * sin[k];
      float oddIm = turnedIm * cos[k] - turnedRe * sin[k];
      // The forward transform of the conjugate is the conjugate of the inverse one.
      re[k] = evenRe - oddIm;
      im[k] = -(evenIm + oddRe);
    }
    transform();
    for (int i = 0; i < half; i++) {
      samples[2 * i] = re[i];
      samples[2 * i + 1] = -im[i];
    }
  }

  private void transform() {
    int size = half;
    int stride = 1;
    for (; size >= 4; size /= 4, stride *= 4) {
      for (int p = 0; p < size / 4; p++) {
        // cos and sin are for twice as many elements.
        four(p, size / 4, stride, 2 * p * stride);
      }
      swap();
    }
    if (size == 2) {
      for (int q = 0; q < stride; q++) {
        nextRe[q] = re[q] + re[q + stride];
        nextIm[q] = im[q] + im[q + stride];
        nextRe[q + stride] = re[q] - re[q + stride];
        nextIm[q + stride] = im[q] - im[q + stride];
      }
      swap();
    }
  }

  private void four(int p, int quarter, int stride, int turn) {
    float c1 = cos[turn];
    float s1 = sin[turn];
    float c2 = cos[2 * turn];
    float s2 = sin[2 * turn];
    float c3 = cos[3 * turn];
    float s3 = sin[3 * turn];
    int a = stride * p;
    int b = a + stride * quarter;
    int c = b + stride * quarter;
    int d = c + stride * quarter;
    int to = 4 * a;
    for (int q = 0; q < stride; q++) {
      float sumRe = re[a + q] + re[c + q];
      float sumIm = im[a + q] + im[c + q];
      float differenceRe = re[a + q] - re[c + q];
      float differenceIm = im[a + q] - im[c + q];
      float otherSumRe = re[b + q] + re[d + q];
      float otherSumIm = im[b + q] + im[d + q];
      float otherRe = im[b + q] - im[d + q];
      float otherIm = re[d + q] - re[b + q];
      nextRe[to + q] = sumRe + otherSumRe;
      nextIm[to + q] = sumIm + otherSumIm;
      float re1 = differenceRe + otherRe;
      float im1 = differenceIm + otherIm;
      nextRe[to + stride + q] = c1 * re1 - s1 * im1;
      nextIm[to + stride + q] = c1 * im1 + s1 * re1;
      float re2 = sumRe - otherSumRe;
      float im2 = sumIm - otherSumIm;
      nextRe[to + 2 * stride + q] = c2 * re2 - s2 * im2;
      nextIm[to + 2 * stride + q] = c2 * im2 + s2 * re2;
      float re3 = differenceRe - otherRe;
      float im3 = differenceIm - otherIm;
      nextRe[to + 3 * stride + q] = c3 * re3 - s3 * im3;
      nextIm[to + 3 * stride + q] = c3 * im3 + s3 * re3;
    }
  }

  private void swap() {
    float[] swapped = re;
    re = nextRe;
    nextRe = swapped;
    swapped = im;
    im = nextIm;
    nextIm = swapped;
  }
}
