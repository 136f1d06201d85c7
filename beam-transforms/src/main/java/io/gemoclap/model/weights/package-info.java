/**
 * Files of weights: safetensors and PyTorch state dicts, whole or in shards, and the Hugging Face
 * folders that contain them.
 *
 * <p>Files are untrusted. Nothing in them is executed, and every size that they declare is compared
 * with the file before memory is allocated for it.
 */
@NullMarked
package io.gemoclap.model.weights;

import org.jspecify.annotations.NullMarked;
