package org.millrace.kernel.bestofn;

/**
 * What a rule chose.
 *
 * @param position of the chosen sample; for a vote the first sample of the winning answer; {@link
 *     #NOTHING} where nothing could be chosen
 * @param tied how many candidates tied for it; 0 where nothing could be chosen
 * @param credit expected truth of the choice under the tie policy; 0 where nothing could be chosen,
 *     NaN where the truth isn't known
 */
public record Pick(int position, int tied, double credit) {

  /** Position of no sample. */
  public static final int NOTHING = -1;

  static final Pick NONE = new Pick(NOTHING, 0, 0);
}
