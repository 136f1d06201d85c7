/**
 * Layers of neural networks on DJL, with the parameter names of Hugging Face.
 *
 * <p>{@link io.gemoclap.model.blocks.Tensors} is the only class that creates tensors.
 */
@NullMarked
package io.gemoclap.model.blocks;

import org.jspecify.annotations.NullMarked;
