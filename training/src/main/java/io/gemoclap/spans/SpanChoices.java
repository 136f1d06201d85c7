package io.gemoclap.spans;

import org.jspecify.annotations.Nullable;

/**
 * What is read of formats that leave a choice.
 *
 * @param tier name of the only tier of a TextGrid that is read; null for all interval tiers
 * @param speaker what names the speakers of TextGrids and Audacity's labels; null for the format's
 *     default, which is {@code TIER} for TextGrids of which several tiers are read, {@code LABEL}
 *     for Audacity, and otherwise {@code NONE}
 */
public record SpanChoices(@Nullable String tier, @Nullable SpeakerSource speaker) {
  /** The defaults. */
  public static final SpanChoices DEFAULTS = new SpanChoices(null, null);
}
