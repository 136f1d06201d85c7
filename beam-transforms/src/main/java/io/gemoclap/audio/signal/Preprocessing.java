package io.gemoclap.audio.signal;

import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.Sections;
import org.apache.beam.sdk.annotations.Internal;

/**
 * How the streams of one recording are preprocessed.
 *
 * @param limits bounds on what is decoded
 * @param mode mix the channels or keep them apart
 * @param outputRate rate of the output in Hz
 * @param highPassed whether offsets and rumble are removed
 * @param deadline when decoding must have ended
 * @param transforms makes the Fourier transforms of the resampler
 * @param sections after which the filters begin anew
 * @param start where in the recording the input begins
 * @hidden
 */
@Internal
public record Preprocessing(
    DecoderLimits limits,
    ChannelMode mode,
    int outputRate,
    boolean highPassed,
    Deadline deadline,
    RealTransform.Factory transforms,
    Sections sections,
    SectionStart start) {}
