package io.gemoclap.features;

/**
 * Pitch by pYIN (Mauch and Dixon 2014): the {@link Periodicity} of each frame gives {@link
 * PitchCandidates}, which a {@link PitchPath} joins. Voicing is the largest periodicity of any
 * candidate period.
 */
final class Pyin implements PitchTracker {
  private final int minLag;
  private final int maxLag;
  private final Periodicity periodicity;
  private final PitchCandidates candidates;
  private final PitchPath path;
  private final float[] difference;
  private float[] signal = new float[0];
  private float[] voicing = new float[0];

  Pyin(FeaturePart part, int sampleRate) {
    PitchTracker.require(part, sampleRate);
    this.minLag = (int) Math.floor(sampleRate / part.maxHz());
    this.maxLag = (int) Math.ceil(sampleRate / part.minHz());
    this.periodicity = new Periodicity(part.pitchSamples(), maxLag);
    this.candidates = new PitchCandidates(sampleRate, minLag, maxLag);
    this.path = new PitchPath(part.minHz(), part.maxHz(), (double) part.hopSamples() / sampleRate);
    this.difference = new float[maxLag + 1];
  }

  @Override
  public void begin(int frames, float[] padded, int length) {
    signal = padded;
    if (voicing.length < frames) {
      voicing = new float[frames];
    }
    path.begin(frames);
  }

  @Override
  public void add(int frame, int start) {
    float least = 1;
    if (periodicity.compute(signal, start, difference)) {
      candidates.find(difference);
      for (int lag = minLag; lag <= maxLag; lag++) {
        least = Math.min(least, difference[lag]);
      }
    } else {
      candidates.none();
    }
    voicing[frame] = 1 - Math.max(0, least);
    path.add(frame, candidates.count(), candidates.hz(), candidates.probabilities());
  }

  @Override
  public void finish(int frames, float[] values, int stride) {
    path.finish(frames, values, stride);
    for (int frame = 0; frame < frames; frame++) {
      values[frame * stride + 1] = voicing[frame];
    }
  }
}
