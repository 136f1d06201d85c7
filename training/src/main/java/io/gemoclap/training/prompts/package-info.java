/** The sentences that training pairs with speech. Imports {@code corpus}. */
package io.gemoclap.training.prompts;
