package io.gemoclap.corrections;

/**
 * What most people who judged a segment say about it. Immutable.
 *
 * @param answer {@link Answer#LABEL} or {@link Answer#NOT_SPEECH}
 * @param label the label's meaning with {@link Answer#LABEL}; "" otherwise
 * @param votes how many people say so
 * @param voters how many people judged the segment, without those who are unsure
 */
public record Consensus(Answer answer, String label, int votes, int voters) {}
