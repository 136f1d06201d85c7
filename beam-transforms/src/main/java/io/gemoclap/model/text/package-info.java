/** Text encoders and tokenizers: RoBERTa, XLM-RoBERTa and the byte-level BPE of compact models. */
@NullMarked
package io.gemoclap.model.text;

import org.jspecify.annotations.NullMarked;
