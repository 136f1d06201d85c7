/**
 * Audio encoders by the {@code model_type} of their {@code config.json}: two compact encoders that
 * are trained from scratch, traced encoders, and the pretrained ones of {@code model.speech}.
 */
@NullMarked
package io.gemoclap.model.audio;

import org.jspecify.annotations.NullMarked;
