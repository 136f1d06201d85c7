package io.gemoclap.model.speech;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * The values that all attention layers of a speech encoder share in a pass.
 *
 * @param padding (N, 1, 1, T), hugely negative where padded; null if nothing is padded
 * @param positions bias of relative positions (1, heads, T, T); null but for WavLM
 */
record AttentionContext(@Nullable NDArray padding, @Nullable NDArray positions) {}
