/** What training minimises. Knows vectors and labels, no tower and no corpus. */
package io.gemoclap.training.objective;
