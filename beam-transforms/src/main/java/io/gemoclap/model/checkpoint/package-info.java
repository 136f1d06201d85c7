/**
 * Weights in files: safetensors and PyTorch state dicts, whole or in shards, and the folders of
 * Hugging Face that hold them.
 *
 * <p>Files are untrusted: nothing in them is executed, and every size that they claim is checked
 * against the file before memory is taken for it. Imports nothing of the library and no engine.
 */
package io.gemoclap.model.checkpoint;
