/** The sentences that training pairs with speech. */
package io.gemoclap.training.prompts;
