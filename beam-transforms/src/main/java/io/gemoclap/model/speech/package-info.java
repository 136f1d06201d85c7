/** Pretrained speech encoders on waveforms: wav2vec 2.0, HuBERT, WavLM and data2vec-audio. */
@NullMarked
package io.gemoclap.model.speech;

import org.jspecify.annotations.NullMarked;
