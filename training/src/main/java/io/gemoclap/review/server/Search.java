package io.gemoclap.review.server;

import io.gemoclap.review.search.QueryModel;
import io.gemoclap.review.search.SegmentSearch;

/**
 * What searches.
 *
 * @param model turns what is searched for into a vector
 * @param vectors compares it
 */
public record Search(QueryModel model, SegmentSearch vectors) {}
