/** Text encoders and tokenizers: RoBERTa, XLM-RoBERTa and the byte-level BPE of compact models. */
package io.gemoclap.model.text;
