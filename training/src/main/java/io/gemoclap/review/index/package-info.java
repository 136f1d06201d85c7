/** Queries over a folder of results: a DuckDB database beside them, and pages of its segments. */
package io.gemoclap.review.index;
