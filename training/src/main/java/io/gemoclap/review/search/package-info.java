/** Search of segments by words or by a recording, over the vectors of an index. */
package io.gemoclap.review.search;
