/** How a finished bundle does on the utterances of a corpus: labels in common, truths, results. */
package io.gemoclap.training.transfer;
