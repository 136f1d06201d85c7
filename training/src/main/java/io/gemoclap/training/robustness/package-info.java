/** Which features reflect how a recording was made rather than the voice. */
package io.gemoclap.training.robustness;
